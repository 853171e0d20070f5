using System.Runtime.CompilerServices;
using Armature.Batching;

namespace Armature.Validation.Files;

/// <summary>Compares the keys of a file, a partition at a time on every core of every silo.</summary>
internal sealed class KeyBatch(BatchClient batches, LocalChunks? local, KeySpool keys, KeySetKind[] sets) : IDisposable
{
    // Partitions in memory at a time.
    private const int MaxAhead = 8;

    private readonly Guid _run = Guid.NewGuid();
    private readonly SemaphoreSlim _room = new(MaxAhead);

    /// <summary>What each partition found, in no order.</summary>
    public async IAsyncEnumerable<FileKeyResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var elsewhere = new List<int>();
        try
        {
            var results = batches.StreamAsync<FileKeyJob, FileKeyResult>(FileKeyJob.HandlerName, ReadAsync(cancellationToken), null, cancellationToken);
            await foreach (var item in results)
            {
                _room.Release();
                if (item.Error?.Code == FileErrorCodes.ChunkElsewhere)
                {
                    elsewhere.Add(item.Index);
                    continue;
                }

                local?.Drop(_run, item.Index);
                yield return ThrowIfFailed(item);
            }

            var sent = elsewhere.Select(partition => Job(partition) with { Keys = keys.Read(partition) }).ToAsyncEnumerable();
            await foreach (var item in batches.StreamAsync<FileKeyJob, FileKeyResult>(FileKeyJob.HandlerName, sent, null, cancellationToken))
            {
                yield return ThrowIfFailed(item);
            }
        }
        finally
        {
            for (var partition = 0; partition < KeyEntry.Partitions; partition++)
            {
                local?.Drop(_run, partition);
            }
        }
    }

    public void Dispose() => _room.Dispose();

    private async IAsyncEnumerable<FileKeyJob> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var partition = 0; partition < KeyEntry.Partitions; partition++)
        {
            await _room.WaitAsync(cancellationToken);
            var bytes = keys.Read(partition);
            if (local is null)
            {
                yield return Job(partition) with { Keys = bytes };
                continue;
            }

            local.Put(_run, partition, bytes);
            yield return Job(partition);
        }
    }

    private FileKeyJob Job(int partition) => new() { Run = _run, Partition = partition, Sets = sets };

    private static FileKeyResult ThrowIfFailed(BatchItem<FileKeyResult> item) =>
        item.IsSuccess ? item.Value : throw new FileValidationException(item.Error.Code, $"Keys of the file could not be compared: {item.Error.Message}");
}
