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

    /// <summary>Bytes of a chunk: 512 KiB by reference; a little less than what a batch sends inline (256 KiB) as bytes.</summary>
    public static int BytesOf(LocalChunks? local) => local is null ? 240 << 10 : 512 << 10;

    /// <summary>Holds a chunk.</summary>
    public void Hold(RecordChunk chunk)
    {
        _chunks[chunk.Index] = chunk;
        local?.Put(run, chunk.Index, chunk.Bytes);
    }

    /// <summary>The job as it is sent the first time.</summary>
    public FileChunkJob Sent(FileChunkJob job) => local is null ? WithBytes(job) : job;

    /// <summary>The job with its bytes.</summary>
    public FileChunkJob WithBytes(FileChunkJob job) => job with { Bytes = _chunks[job.Index].Bytes.ToArray() };

    /// <summary>Gives up a chunk that was checked.</summary>
    /// <returns>The result with its keys.</returns>
    public FileChunkResult Release(FileChunkResult result)
    {
        Drop(result.Index);
        return local?.TakeKeys(run, result.Index) is { } keys ? result with { Keys = keys } : result;
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
