using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>Makes the batch of an id ready to run: a new one, or one that is recorded and that nobody coordinates.</summary>
internal sealed partial class BatchStarter(
    ClusterNodes nodes,
    IBlobStore blobs,
    BatchArchive archive,
    BatchTable table,
    Serializer serializer,
    IOptions<ArmatureOptions> options,
    TimeProvider time,
    ILogger<BatchRun> logger)
{
    /// <summary>A batch that is recorded under this id is taken over; otherwise it begins.</summary>
    /// <param name="batchId">The id.</param>
    /// <param name="spec">What a new batch is.</param>
    /// <param name="run">Runs the batch; when it refuses, nothing was begun.</param>
    public async Task<BatchRun?> StartAsync(string batchId, BatchSpec spec, Action<BatchRun> run)
    {
        var plain = new BatchRun(batchId, spec, Surroundings());
        var preparing = plain.PrepareAsync();
        if (await FindRecordedAsync(batchId, spec, run) is { } known)
        {
            await preparing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            return known;
        }

        await preparing;
        if (spec.Durable)
        {
            return await BeginDurableAsync(batchId, spec, run);
        }

        run(plain);
        return plain;
    }

    /// <summary>Goes on with a batch that is recorded; null when there is none.</summary>
    /// <param name="batchId">The id.</param>
    /// <param name="run">Runs the batch, or keeps one that has ended.</param>
    public async Task<BatchRun?> ResumeAsync(string batchId, Action<BatchRun> run)
    {
        if (!await archive.ContainsAsync(batchId, CancellationToken.None))
        {
            return null;
        }

        table.ThrowIfClosed(batchId);
        if (await archive.ResumeAsync(batchId, Surroundings(), CancellationToken.None) is not { } batch)
        {
            return null;
        }

        if (batch.IsRunning)
        {
            await batch.PrepareAsync();
        }

        run(batch);
        return batch;
    }

    /// <summary>A batch that needs no records begins also when they cannot be read.</summary>
    private async Task<BatchRun?> FindRecordedAsync(string batchId, BatchSpec spec, Action<BatchRun> run)
    {
        try
        {
            return await ResumeAsync(batchId, run);
        }
        catch (RecordStoreException exception) when (!spec.Durable)
        {
            LogNotLookedUp(logger, exception, batchId);
            return null;
        }
    }

    private async Task<BatchRun> BeginDurableAsync(string batchId, BatchSpec spec, Action<BatchRun> run)
    {
        table.ThrowIfClosed(batchId);
        var batch = await archive.BeginAsync(batchId, spec, Surroundings());
        try
        {
            await batch.PrepareAsync();
            run(batch);
            return batch;
        }
        catch (ArmatureException)
        {
            // Refused: what was recorded of it must not be found later.
            await archive.DeleteAsync(batchId, CancellationToken.None);
            throw;
        }
    }

    private BatchSurroundings Surroundings() => new(nodes, blobs, options.Value.Batching, time, serializer, logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether a durable batch {BatchId} is there could not be looked up; a new one begins")]
    private static partial void LogNotLookedUp(ILogger logger, Exception exception, string batchId);
}
