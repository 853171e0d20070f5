using System.Collections.Concurrent;
using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>
/// Chunks until their results are there, and how their bytes reach who checks them: by reference where the silo is this process, as
/// bytes of the job elsewhere. Thread-safe.
/// </summary>
/// <param name="run">Names the bytes of this run.</param>
/// <param name="local">Where they are put; null when the silos are other processes.</param>
internal sealed class HeldChunks(Guid run, LocalChunks? local)
{
    private readonly ConcurrentDictionary<int, RecordChunk> _chunks = new();
    private volatile bool _sendsBytes = local is null;

    /// <summary>Bytes of a chunk: 512 KiB by reference; a little less than what a batch sends inline (256 KiB) as bytes.</summary>
    public static int BytesOf(LocalChunks? local) => local is null ? 240 << 10 : 512 << 10;

    /// <summary>Holds a chunk.</summary>
    public void Hold(RecordChunk chunk)
    {
        _chunks[chunk.Index] = chunk;
        local?.Put(run, chunk.Index, chunk.Bytes);
    }

    /// <summary>The job as it is sent the first time.</summary>
    public FileChunkJob Sent(FileChunkJob job) => _sendsBytes ? WithBytes(job) : job;

    /// <summary>From now on all are sent with their bytes.</summary>
    public void SendBytes() => _sendsBytes = true;

    /// <summary>The job with its bytes.</summary>
    public FileChunkJob WithBytes(FileChunkJob job) => job with { Bytes = _chunks[job.Index].Bytes.ToArray() };

    /// <summary>Gives up a chunk that was checked.</summary>
    /// <returns>The result with its keys.</returns>
    public FileChunkResult Release(FileChunkResult result)
    {
        // The keys first: whoever checks the chunk a second time takes his own back once it is dropped.
        var keys = local?.TakeKeys(run, result.Index);
        Drop(result.Index);
        return keys is null ? result : result with { Keys = keys };
    }

    /// <summary>Gives up all that is left.</summary>
    public void DropAll()
    {
        foreach (var index in _chunks.Keys)
        {
            Drop(index);
        }

        local?.DropKeys(run);
    }

    private void Drop(int index)
    {
        local?.Drop(run, index);
        if (_chunks.TryRemove(index, out var chunk))
        {
            chunk.Dispose();
        }
    }
}
