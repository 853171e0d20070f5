using Armature.Batching;

namespace Armature.Validation.Files;

/// <summary>The batch handler of chunks: checks the records of one, or writes what was asked for of it.</summary>
internal sealed class FileChunkHandler(LocalChunks local) : ICpuBatchHandler<FileChunkJob, FileChunkResult>
{
    private readonly ChunkWorkers<ChunkWorker> _workers = new();

    public FileChunkResult Handle(FileChunkJob item, BatchItemContext context, CancellationToken cancellationToken)
    {
        // A worker that failed is not used again: it may have something left of this chunk.
        var bytes = ChunkReading.BytesOf(item, local);
        var worker = _workers.Rent(item.Rules, static rules => new(rules));
        var (result, keys) = ChunkReading.Run(item, bytes.Span, worker.Buffers, worker);
        _workers.Return(item.Rules, worker);
        if (item.Bytes is not null || keys is null)
        {
            return result with { Keys = keys };
        }

        local.PutKeys(item.Rules.Run, item.Index, keys);
        return result;
    }
}
