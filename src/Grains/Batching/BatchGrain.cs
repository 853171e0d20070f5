using System.Collections.Immutable;
using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Armature.Batching;

[Reentrant]
internal sealed partial class BatchGrain(
    ClusterNodes nodes,
    IBlobStore blobs,
    BatchTable table,
    BatchLifecyclePublisher publisher,
    Serializer<ItemError> errors,
    Serializer<PackedEntries> pages,
    IOptions<ArmatureOptions> options,
    TimeProvider time,
    ILogger<BatchGrain> logger)
    : Grain, IBatchGrain
{
    /// <summary>How long a call waits for something new: well under its response timeout, so that a dead silo is noticed in seconds.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(100);

    private readonly AbandonedSubmissions _abandoned = new(time);
    private BatchRun? _batch;
    private Task<BatchRun>? _starting;
    private IGrainTimer? _timer;

    private BatchingOptions Options => options.Value.Batching;

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_batch is { } batch)
        {
            batch.Fail($"its coordinator was stopped ({reason.Description}).");
            await batch.Ended;
            table.Remove(batch);
        }
    }

    public async Task<AppendReply> SubmitAsync(BatchSpec spec, PackedEntries items, int? count, CancellationToken cancellationToken)
    {
        BatchName.ThrowIfInvalid(Id);
        BatchSpecCheck.Check(spec);
        ItemPageCheck.Check(Id, items);
        ItemPageCheck.CheckCount(items, count);
        if (_abandoned.Contains(spec.Submission))
        {
            throw new OperationCanceledException($"The caller gave up batch {Id} before it began.");
        }

        var batch = _batch ?? await StartOnceAsync(spec);
        batch.Join(spec);
        return await AppendAsync(batch, items, count, cancellationToken);
    }

    public async Task<AppendReply> AppendAsync(PackedEntries items, int? count, CancellationToken cancellationToken)
    {
        ItemPageCheck.Check(Id, items);
        ItemPageCheck.CheckCount(items, count);
        return await AppendAsync(Batch, items, count, cancellationToken);
    }

    public Task<ResultPage> ReadResultsAsync(int cursor, CancellationToken cancellationToken) =>
        Batch.ReadResultsAsync(cursor, LongestWait, cancellationToken);

    public async Task<ImmutableArray<BatchEvent>> ReadEventsAsync(long fromSequence, CancellationToken cancellationToken) =>
        [.. await Batch.ReadEventsAsync(fromSequence, LongestWait, cancellationToken)];

    public Task<BatchStatus> GetStatusAsync(CancellationToken cancellationToken) => Task.FromResult(Batch.Status);

    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        await WaitForStartAsync();
        await Batch.CancelAsync();
    }

    public async Task AbandonAsync(Guid submission, CancellationToken cancellationToken)
    {
        // Calls may overtake one another: the submit may come after this.
        _abandoned.Add(submission);
        await WaitForStartAsync();
        if (_batch is { } batch)
        {
            await batch.CancelAsync();
            return;
        }

        DelayDeactivation(AbandonedSubmissions.Kept);
    }

    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_batch is { IsRunning: false } batch)
        {
            await ForgetAsync(batch);
        }
    }

    /// <summary>The batch; without one this activation has no reason to live.</summary>
    private BatchRun Batch
    {
        get
        {
            if (_batch is not null)
            {
                return _batch;
            }

            if (_starting is null)
            {
                DeactivateOnIdle();
            }

            throw new BatchNotFoundException(Id);
        }
    }

    /// <summary>A caller may give up while its batch is being started.</summary>
    private async Task WaitForStartAsync()
    {
        if (_batch is null && _starting is { } starting)
        {
            await starting.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
        }
    }

    private static async Task<AppendReply> AppendAsync(BatchRun batch, PackedEntries items, int? count, CancellationToken cancellationToken)
    {
        var reply = batch.Append(items, count);
        if (!reply.IsFull)
        {
            return reply;
        }

        await batch.WaitForRoomAsync(LongestWait, cancellationToken);
        return batch.Append(items, count);
    }

    private async Task<BatchRun> StartOnceAsync(BatchSpec spec)
    {
        _starting ??= StartAsync(spec);
        try
        {
            return await _starting;
        }
        catch (ArmatureException)
        {
            _starting = null;
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task<BatchRun> StartAsync(BatchSpec spec)
    {
        var batch = new BatchRun(Id, spec, nodes, blobs, Options, time, errors, pages, logger);
        await batch.PrepareAsync();
        table.Add(batch);
        _batch = batch;
        _timer = this.RegisterGrainTimer(OnTickAsync, new GrainTimerCreationOptions(TickPeriod, TickPeriod) { Interleave = true, KeepAlive = true });
        _ = RunAsync(batch);
        return batch;
    }

    private async Task RunAsync(BatchRun batch)
    {
        publisher.Publish(batch.Id, BatchEventKind.Started, batch.Status);
        try
        {
            await batch.RunAsync();
        }
#pragma warning disable CA1031 // a defect of the coordinator must reach the caller as the batch's failure and not as a hang
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBatchFailed(logger, exception, batch.Id);
            batch.Fail($"its coordinator failed: {exception.Message}");
        }

        table.End();
        publisher.Publish(batch.Id, batch.Status.State switch
        {
            BatchState.Completed => BatchEventKind.Completed,
            BatchState.Cancelled => BatchEventKind.Cancelled,
            _ => BatchEventKind.Failed,
        }, batch.Status);
        _timer?.Change(Options.ResultRetention, Timeout.InfiniteTimeSpan);
        DelayDeactivation(Options.ResultRetention);
    }

    private async Task OnTickAsync(CancellationToken cancellationToken)
    {
        if (_batch is not { } batch)
        {
            return;
        }

        if (batch.IsRunning)
        {
            batch.Tick();
        }
        else if (time.GetUtcNow() - batch.Status.EndedAt >= Options.ResultRetention)
        {
            await ForgetAsync(batch);
        }
    }

    private async Task ForgetAsync(BatchRun batch)
    {
        _batch = null;
        _timer?.Dispose();
        table.Remove(batch);
        DeactivateOnIdle();
        if (batch.UsesBlobs)
        {
            await PruneAsync();
        }
    }

    private async Task PruneAsync()
    {
        try
        {
            await foreach (var blob in blobs.ListAsync($"batches/{Id}/", CancellationToken.None))
            {
                await blobs.DeleteAsync(blob.Name, CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is IOException or BlobStoreException)
        {
            LogPruneFailed(logger, exception, Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {BatchId} failed in its coordinator")]
    private static partial void LogBatchFailed(ILogger logger, Exception exception, string batchId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The blobs of batch {BatchId} could not all be deleted; the pruner will")]
    private static partial void LogPruneFailed(ILogger logger, Exception exception, string batchId);
}
