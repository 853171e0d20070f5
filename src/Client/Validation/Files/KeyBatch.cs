using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Armature.Batching;

namespace Armature.Validation.Files;

/// <summary>Compares the keys of a file, a partition at a time on every core of every silo. What is lost with a silo is sent again.</summary>
internal sealed class KeyBatch(BatchClient batches, LocalChunks? local, KeySpool keys, KeySetKind[] sets) : IDisposable
{
    // Partitions in memory at a time.
    private const int MaxAhead = 8;

    private readonly Guid _run = Guid.NewGuid();
    private readonly ConcurrentDictionary<int, byte[]> _rented = new();

    /// <summary>What each partition found, in no order.</summary>
    public async IAsyncEnumerable<FileKeyResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = Enumerable.Range(0, KeyEntry.Partitions).ToHashSet();
        var losses = new BatchLosses();
        var passing = local;
        while (open.Count > 0)
        {
            using var room = new SemaphoreSlim(MaxAhead);
            await using var results = batches.StreamAsync<FileKeyJob, FileKeyResult>(
                FileKeyJob.HandlerName, ReadAsync([.. open], passing, room, cancellationToken), null, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await MoveNextAsync(results, losses))
            {
                room.Release();
                var item = results.Current;
                if (item.Error?.Code == FileErrorCodes.ChunkElsewhere)
                {
                    continue;
                }

                var result = item.IsSuccess ? item.Value : throw new FileValidationException(item.Error.Code, $"Keys of the file could not be compared: {item.Error.Message}");
                Drop(result.Partition);
                if (open.Remove(result.Partition))
                {
                    yield return result;
                }
            }

            // What is left over is with a silo that is gone, or was asked of one that has not got it.
            passing = null;
        }
    }

    /// <summary>Gives up what is left in this process.</summary>
    public void Dispose()
    {
        for (var partition = 0; partition < KeyEntry.Partitions; partition++)
        {
            Drop(partition);
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<BatchItem<FileKeyResult>> results, BatchLosses losses)
    {
        try
        {
            return await results.MoveNextAsync();
        }
        catch (ArmatureException e) when (losses.MayRepeat(e))
        {
            return false;
        }
    }

    private async IAsyncEnumerable<FileKeyJob> ReadAsync(
        int[] partitions, LocalChunks? passing, SemaphoreSlim room, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var partition in partitions)
        {
            await room.WaitAsync(cancellationToken);
            var job = new FileKeyJob { Run = _run, Partition = partition, Sets = sets };
            var length = keys.LengthOf(partition);
            if (passing is null)
            {
                var sent = new byte[length];
                keys.Read(partition, sent);
                yield return job with { Keys = sent };
                continue;
            }

            var rented = ArrayPool<byte>.Shared.Rent(length);
            keys.Read(partition, rented.AsSpan(0, length));
            _rented[partition] = rented;
            passing.Put(_run, partition, rented.AsMemory(0, length));
            yield return job;
        }
    }

    private void Drop(int partition)
    {
        local?.Drop(_run, partition);
        if (_rented.TryRemove(partition, out var rented))
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
