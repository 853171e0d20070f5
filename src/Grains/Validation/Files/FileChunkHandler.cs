using Armature.Batching;
using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>The batch handler of chunks: checks the records of one, or writes what was asked for of it.</summary>
internal sealed class FileChunkHandler(LocalChunks local, ChunkWorkers workers) : ICpuBatchHandler<FileChunkJob, FileChunkResult>
{
    public FileChunkResult Handle(FileChunkJob item, BatchItemContext context, CancellationToken cancellationToken)
    {
        // A worker that failed is not used again: it may have something left of this chunk.
        var worker = workers.Rent(item.Rules);
        var result = Handle(item, worker);
        workers.Return(item.Rules, worker);
        return result;
    }

    private FileChunkResult Handle(FileChunkJob item, ChunkWorker worker)
    {
        if (item.OversizedLines is { } lines)
        {
            var oversized = new OversizedRecordReader(lines);
            return Run(ref oversized, default, item, worker);
        }

        var bytes = BytesOf(item).Span;
        if (item.Rules.Format.Kind == RecordKind.Ndjson)
        {
            var objects = new NdjsonRecordReader(bytes, worker.Buffers);
            return Run(ref objects, bytes, item, worker);
        }

        var records = new CsvRecordReader(bytes, worker.Buffers);
        return Run(ref records, bytes, item, worker);
    }

    private FileChunkResult Run<TReader>(ref TReader reader, ReadOnlySpan<byte> bytes, FileChunkJob job, ChunkWorker worker)
        where TReader : IRecordReader, allows ref struct
    {
        if (job.Writing is not null)
        {
            return worker.Write!.Run(ref reader, bytes, job);
        }

        var (result, keys) = worker.Check.Run(ref reader, job.Index, job.MaxFailures);
        if (job.Bytes is not null || keys is null)
        {
            return result with { Keys = keys };
        }

        local.PutKeys(job.Rules.Run, job.Index, keys);
        return result;
    }

    private ReadOnlyMemory<byte> BytesOf(FileChunkJob job) =>
        job.Bytes ?? (local.TryGet(job.Rules.Run, job.Index, out var here) ? here : throw ChunkElsewhere.Failure());
}
