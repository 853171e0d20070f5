using Armature.Storage;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>A durable batch as its records tell it.</summary>
internal sealed class RecordedBatch(BatchStart start)
{
    private readonly SortedDictionary<int, PackedEntries> _items = [];
    private readonly SortedDictionary<int, RecordedPage> _results = [];
    private long _resultBytes;

    public BatchStart Start { get; private set; } = start;

    /// <summary>True when another coordinator had begun it.</summary>
    public bool IsTakenOver { get; private init; }

    /// <summary>Items in pages, in their order.</summary>
    public IReadOnlyCollection<PackedEntries> Items => _items.Values;

    /// <summary>Results in pages, by their cursor.</summary>
    public IReadOnlyCollection<RecordedPage> Results => _results.Values;

    /// <summary>The number of items in all; null while more may come.</summary>
    public int? Count { get; private set; }

    public bool IsCancelled { get; private set; }

    /// <summary>How the batch ended; null while it runs.</summary>
    public BatchEnd? End { get; private set; }

    /// <summary>Callers who joined or left, each with whether it is still there.</summary>
    public Dictionary<Guid, bool> Submissions { get; } = [];

    /// <summary>What silos had.</summary>
    public List<RecordedMark> Running { get; } = [];

    /// <summary>What was on a silo that died.</summary>
    public List<ChunkMark> Suspects { get; } = [];

    /// <summary>What ran with nothing beside it because it was suspect.</summary>
    public List<RecordedMark> Alone { get; } = [];

    /// <summary>What ran beside others although it was suspect.</summary>
    public List<RecordedMark> Beside { get; } = [];

    /// <summary>What failed and was to run again, with the attempt that it was to be.</summary>
    public List<ChunkMark> Attempts { get; } = [];

    /// <summary>
    /// Reads a batch's records one after the other; of its results it keeps no more bytes than it may. Its caller owns them, so that
    /// nobody changes them meanwhile. Null when it was never begun.
    /// </summary>
    public static async Task<RecordedBatch?> ReadAsync(IRecordStore store, string batchId, Serializer serializer, long maxResultBytes, CancellationToken cancellationToken)
    {
        var read = new RecordedBatch(null!) { IsTakenOver = true };
        await foreach (var record in store.ScanAsync(BatchKeys.Partition(batchId), "", cancellationToken))
        {
            read.Add(record, serializer, maxResultBytes);
        }

        return read.Start is null ? null : read;
    }

    private void Add(RecordEntry record, Serializer serializer, long maxResultBytes)
    {
        switch (record.Key)
        {
            case BatchKeys.Start:
                Start = Read<BatchStart>();
                break;
            case BatchKeys.Sealed:
                Count = Read<int>();
                break;
            case BatchKeys.Cancelled:
                IsCancelled = true;
                break;
            case BatchKeys.End:
                End = Read<BatchEnd>();
                break;
            case var key when Is(BatchKeys.Items):
                _items.Add(BatchKeys.Number(key, BatchKeys.Items), Read<PackedEntries>());
                break;
            case var key when Is(BatchKeys.Results):
                _results.Add(BatchKeys.Number(key, BatchKeys.Results), PageOf(Read<PackedEntries>(), maxResultBytes));
                break;
            case var key when Is(BatchKeys.Submissions):
                Submissions.Add(BatchKeys.SubmissionOf(key), Read<bool>());
                break;
            case var _ when Is(BatchKeys.Running):
                Running.Add(new(record.Key, Read<ChunkMark>()));
                break;
            case var _ when Is(BatchKeys.Suspects):
                Suspects.Add(Read<ChunkMark>());
                break;
            case var _ when Is(BatchKeys.Alone):
                Alone.Add(new(record.Key, Read<ChunkMark>()));
                break;
            case var _ when Is(BatchKeys.Beside):
                Beside.Add(new(record.Key, Read<ChunkMark>()));
                break;
            case var _ when Is(BatchKeys.Attempts):
                Attempts.Add(Read<ChunkMark>());
                break;
        }

        bool Is(string prefix) => record.Key.StartsWith(prefix, StringComparison.Ordinal);

        T Read<T>() => serializer.Deserialize<T>(record.Value)!;
    }

    private RecordedPage PageOf(PackedEntries page, long maxResultBytes)
    {
        _resultBytes += page.Bytes.Length;
        return new(page.Indices, page.Kinds, _resultBytes <= maxResultBytes ? page : null);
    }
}
