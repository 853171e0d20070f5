using Armature.Batching;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Validation.Files;

/// <summary>
/// The batch handler of chunks whose rows are checked by rules in code. Reading and checking begin on a dedicated thread; only rules
/// that wait leave it.
/// </summary>
internal sealed class FileRowsHandler<T>(IServiceProvider services, LocalChunks local, CpuWorkScheduler scheduler) : IBatchHandler<FileRowsJob<T>, FileChunkResult>
{
    // Records of a chunk that wait at once, as many as in a chunk of ValidateManyAsync: a chunk of a file may have 100,000, and each holds memory meanwhile.
    private const int RecordsAtOnce = 512;

    private readonly ChunkWorkers<RowWorker<T>> _workers = new();

    public async ValueTask<FileChunkResult> HandleAsync(FileRowsJob<T> job, BatchItemContext context, CancellationToken cancellationToken) =>
        await await scheduler.RunAsync(() => TryAsync(job, context.BatchId, cancellationToken), cancellationToken);

    private async Task<FileChunkResult> TryAsync(FileRowsJob<T> job, string batchId, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckAsync(job, batchId, cancellationToken);
        }
        catch (LookupNotFoundException exception)
        {
            throw new BatchItemException(RecordErrorCodes.LookupNotFound, exception.Message);
        }
    }

    private async Task<FileChunkResult> CheckAsync(FileRowsJob<T> job, string batchId, CancellationToken cancellationToken)
    {
        var validator = services.GetRequiredKeyedService<IRecordValidator<T>>(job.RuleSet);
        var bytes = ChunkReading.BytesOf(job.Chunk, local);
        var read = Read(job.Chunk, bytes.Span, validator);
        var context = new RecordContext(batchId, job.Chunk.Rules.Run, MessageCulture.Of(job.Culture));
        var reports = new List<ValidationReport>(read.Records.Count);
        foreach (var records in read.Records.Chunk(RecordsAtOnce))
        {
            reports.AddRange(scheduler.IsCurrentThread ? await ValidateAsync(records) : await await scheduler.RunAsync(() => ValidateAsync(records), cancellationToken));
        }

        return new RowResults<T>(job, read, bytes).Of(reports);

        Task<IReadOnlyList<ValidationReport>> ValidateAsync(T[] records) => RecordReports.OfAsync(validator, records, context, cancellationToken);
    }

    private ReadRows<T> Read(FileChunkJob job, ReadOnlySpan<byte> bytes, IRecordValidator<T> validator)
    {
        // A worker that failed is not used again: it may have something left of this chunk.
        var worker = _workers.Rent(job.Rules, rules => new(rules, MayShow));
        var read = ChunkReading.Run(job, bytes, worker.Buffers, worker);
        _workers.Return(job.Rules, worker);
        return read;

        // Of other validators nobody knows what may be shown.
        bool MayShow(string field) => validator is RuleSetValidator<T> rules && rules.MayShow(field);
    }
}
