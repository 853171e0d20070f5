using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>Finds the bytes of a chunk, and reads their records as they are written.</summary>
internal static class ChunkReading
{
    public static TResult Run<TResult>(FileChunkJob job, ReadOnlySpan<byte> bytes, RecordBuffers buffers, IChunkPass<TResult> pass)
    {
        if (job.OversizedLines is { } lines)
        {
            var oversized = new OversizedRecordReader(lines);
            return pass.Run(ref oversized, default, job);
        }

        if (job.Rules.Format.Kind == RecordKind.Ndjson)
        {
            var objects = new NdjsonRecordReader(bytes, buffers);
            return pass.Run(ref objects, bytes, job);
        }

        var records = new CsvRecordReader(bytes, buffers);
        return pass.Run(ref records, bytes, job);
    }

    /// <summary>The bytes of a chunk; an oversized record has none.</summary>
    /// <exception cref="Batching.BatchItemException">They lie in another process.</exception>
    public static ReadOnlyMemory<byte> BytesOf(FileChunkJob job, LocalChunks local)
    {
        if (job.Bytes is not null || job.OversizedLines is not null)
        {
            return job.Bytes;
        }

        return local.TryGet(job.Rules.Run, job.Index, out var here) ? here : throw ChunkElsewhere.Failure();
    }
}
