using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Armature.Batching;

namespace Armature.Validation.Files;

/// <summary>Compares the keys of a file, a group of partitions at a time on every core of every silo. What is lost with a silo is sent again.</summary>
internal sealed class KeyBatch(BatchClient batches, LocalChunks? local, KeySpool keys, KeySetKind[] sets) : IDisposable
{
    // Groups in memory at a time.
    private const int MaxAhead = 8;

    private readonly Guid _run = Guid.NewGuid();
    private readonly ConcurrentDictionary<int, byte[]> _rented = new();

    /// <summary>Partitions that are compared, of <see cref="KeyEntry.Partitions"/>.</summary>
    public int Compared { get; private set; }

    /// <summary>What each group found, in no order.</summary>
    public async IAsyncEnumerable<FileKeyResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = KeyGroup.Of(keys).ToDictionary(static group => group.First);
        var losses = new BatchLosses();
        var passing = local;
        while (open.Count > 0)
        {
            using var room = new SemaphoreSlim(MaxAhead);
            await using var results = batches.StreamAsync<FileKeyJob, FileKeyResult>(
                FileKeyJob.HandlerName, ReadAsync([.. open.Values], passing, room, cancellationToken), null, cancellationToken).GetAsyncEnumerator(cancellationToken);
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
                if (open.Remove(result.Partition, out var group))
                {
                    Compared += group.Count;
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
        foreach (var first in _rented.Keys)
        {
            Drop(first);
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
        KeyGroup[] groups, LocalChunks? passing, SemaphoreSlim room, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var group in groups)
        {
            await room.WaitAsync(cancellationToken);
            var job = new FileKeyJob { Run = _run, Partition = group.First, Sets = sets };
            if (passing is null)
            {
                var sent = new byte[group.Bytes];
                group.Read(keys, MemoryMarshal.Cast<byte, KeyEntry>(sent.AsSpan()));
                yield return job with { Keys = sent };
                continue;
            }

            var rented = ArrayPool<byte>.Shared.Rent(group.Bytes);
            group.Read(keys, MemoryMarshal.Cast<byte, KeyEntry>(rented.AsSpan()));
            _rented[group.First] = rented;
            passing.Put(_run, group.First, rented.AsMemory(0, group.Bytes));
            yield return job;
        }
    }

    private void Drop(int first)
    {
        local?.Drop(_run, first);
        if (_rented.TryRemove(first, out var rented))
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
