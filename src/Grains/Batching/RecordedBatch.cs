using Armature.Storage;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>A durable batch as its records tell it.</summary>
internal sealed class RecordedBatch(BatchStart start)
{
    private readonly SortedDictionary<int, PackedEntries> _items = [];
    private readonly SortedDictionary<int, PackedEntries> _results = [];

    public BatchStart Start { get; private set; } = start;

    /// <summary>Items in pages, in their order.</summary>
    public IReadOnlyCollection<PackedEntries> Items => _items.Values;

    /// <summary>Results in pages, by their cursor.</summary>
    public IReadOnlyCollection<PackedEntries> Results => _results.Values;

    /// <summary>The number of items in all; null while more may come.</summary>
    public int? Count { get; private set; }

    public bool IsCancelled { get; private set; }

    /// <summary>How the batch ended; null while it runs.</summary>
    public BatchEnd? End { get; private set; }

    /// <summary>Callers who joined or left, each with whether it is still there.</summary>
    public Dictionary<Guid, bool> Submissions { get; } = [];

    /// <summary>What ran on the coordinator's own silo.</summary>
    public List<ChunkMark> Running { get; } = [];

    /// <summary>What was on a silo that died.</summary>
    public List<ChunkMark> Suspects { get; } = [];

    /// <summary>What ran alone because it was suspect.</summary>
    public List<ChunkMark> Alone { get; } = [];

    /// <summary>Reads a batch's records. Its caller owns them, so that nobody changes them meanwhile. Null when it was never begun.</summary>
    public static async Task<RecordedBatch?> ReadAsync(IRecordStore store, string batchId, Serializer serializer, CancellationToken cancellationToken)
    {
        var read = new RecordedBatch(null!);
        await foreach (var record in store.ScanAsync(BatchKeys.Partition(batchId), "", cancellationToken))
        {
            read.Add(record, serializer);
        }

        return read.Start is null ? null : read;
    }

    private void Add(RecordEntry record, Serializer serializer)
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
                _results.Add(BatchKeys.Number(key, BatchKeys.Results), Read<PackedEntries>());
                break;
            case var key when Is(BatchKeys.Submissions):
                Submissions.Add(BatchKeys.SubmissionOf(key), Read<bool>());
                break;
            case var _ when Is(BatchKeys.Running):
                Running.Add(Read<ChunkMark>());
                break;
            case var _ when Is(BatchKeys.Suspects):
                Suspects.Add(Read<ChunkMark>());
                break;
            case var _ when Is(BatchKeys.Alone):
                Alone.Add(Read<ChunkMark>());
                break;
        }

        bool Is(string prefix) => record.Key.StartsWith(prefix, StringComparison.Ordinal);

        T Read<T>() => serializer.Deserialize<T>(record.Value)!;
    }
}
