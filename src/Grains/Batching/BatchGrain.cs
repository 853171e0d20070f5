using System.Collections.Immutable;
using Armature.Clustering;
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
    BatchArchive archive,
    BatchTable table,
    BatchLifecyclePublisher publisher,
    Serializer serializer,
    IOptions<ArmatureOptions> options,
    TimeProvider time,
    ILogger<BatchGrain> logger,
    MembershipLease? lease = null)
    : Grain, IBatchGrain
{
    /// <summary>How long a call waits for something new: well under its response timeout, so that a dead silo is noticed in seconds.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(100);

    private readonly AbandonedSubmissions _abandoned = new(time);
    private BatchRun? _batch;
    private Task<BatchRun?>? _starting;
    private int _searches;
    private DateTimeOffset? _keptUntil;
    private IGrainTimer? _timer;

    private BatchingOptions Options => options.Value.Batching;

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_batch is not { } batch)
        {
            return;
        }

        if (batch.IsDurable)
        {
            await batch.LeaveAsync(TimeSpan.Zero);
        }

        batch.Fail($"its coordinator was stopped ({reason.Description}). With BatchOptions.Durable another silo would have gone on.");
        await batch.Ended;
        table.Remove(batch);
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

        return await AnswerAsync(await FindAsync(() => StartAsync(spec)), batch =>
        {
            batch.Join(spec);
            return AppendAsync(batch, items, count, cancellationToken);
        });
    }

    public async Task<AppendReply> AppendAsync(PackedEntries items, int? count, CancellationToken cancellationToken)
    {
        ItemPageCheck.Check(Id, items);
        ItemPageCheck.CheckCount(items, count);
        return await AnswerAsync(await FindAsync(ResumeAsync), batch => AppendAsync(batch, items, count, cancellationToken));
    }

    public async Task<ResultPage> ReadResultsAsync(int cursor, CancellationToken cancellationToken) =>
        await AnswerAsync(await FindAsync(ResumeAsync), batch => batch.ReadResultsAsync(cursor, LongestWait, cancellationToken));

    public async Task<ImmutableArray<BatchEvent>> ReadEventsAsync(long fromSequence, CancellationToken cancellationToken) =>
        [.. await AnswerAsync(await FindAsync(ResumeAsync), batch => batch.ReadEventsAsync(fromSequence, LongestWait, cancellationToken))];

    public async Task<BatchStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        await AnswerAsync(await FindAsync(ResumeAsync), batch => Task.FromResult(batch.Status));

    public async Task CancelAsync(CancellationToken cancellationToken) => await AnswerAsync(await FindAsync(ResumeAsync), CancelAsync);

    public async Task AbandonAsync(Guid submission, CancellationToken cancellationToken)
    {
        // Calls may overtake one another: the submit may come after this.
        _abandoned.Add(submission);
        if (await FindOrNullAsync(ResumeAsync) is { } batch)
        {
            await AnswerAsync(batch, CancelAsync);
            return;
        }

        DelayDeactivation(AbandonedSubmissions.Kept);
    }

    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_batch is { IsRunning: false, HasLeft: false } batch)
        {
            Forget(batch);
            await PruneAsync(batch);
        }
    }

    public async Task WakeAsync(CancellationToken cancellationToken)
    {
        if (_batch is not null || _starting is not null)
        {
            return;
        }

        var expiry = await archive.ReadExpiryAsync(Id, cancellationToken);
        if (time.GetUtcNow() < expiry)
        {
            return;
        }

        // One that has a partition and no beginning was being begun when its silo died: its caller was told nothing.
        if (expiry is not null || await FindOrNullAsync(ResumeAsync) is null)
        {
            await archive.DeleteAsync(Id, cancellationToken);
        }
    }

    private static async Task<bool> CancelAsync(BatchRun batch)
    {
        await batch.CancelAsync();
        return true;
    }

    private static async Task<AppendReply> AppendAsync(BatchRun batch, PackedEntries items, int? count, CancellationToken cancellationToken)
    {
        var reply = await batch.AppendAsync(items, count);
        if (!reply.IsFull)
        {
            return reply;
        }

        await batch.WaitForRoomAsync(LongestWait, cancellationToken);
        return await batch.AppendAsync(items, count);
    }

    /// <summary>Asks a batch. What one says that another silo has does not count, nor what a silo says that the others may have given up.</summary>
    private async Task<T> AnswerAsync<T>(BatchRun batch, Func<BatchRun, Task<T>> ask)
    {
        try
        {
            var answer = await ask(batch);
            ThrowIfMoved(batch);
            return answer;
        }
        catch (Exception exception) when (exception is FencedException or RecordStoreException)
        {
            throw new BatchHandoverException(Id, exception);
        }
    }

    private void ThrowIfMoved(BatchRun batch)
    {
        if (batch.HasLeft)
        {
            throw new BatchHandoverException(Id);
        }

        if (batch.IsDurable)
        {
            lease?.ThrowIfStale();
        }
    }

    /// <summary>The batch, begun or taken over when it is not here; without one this activation has no reason to live.</summary>
    private async Task<BatchRun> FindAsync(Func<Task<BatchRun?>> start)
    {
        _searches++;
        try
        {
            return await FindOrNullAsync(start) ?? throw new BatchNotFoundException(Id);
        }
        finally
        {
            _searches--;
            if (_batch is null && _searches == 0 && _abandoned.IsEmpty)
            {
                DeactivateOnIdle();
            }
        }
    }

    private async Task<BatchRun?> FindOrNullAsync(Func<Task<BatchRun?>> start)
    {
        while (_batch is null && _starting is { } other)
        {
            await other.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
        }

        if (_batch is not null)
        {
            return _batch;
        }

        _starting = start();
        try
        {
            return await _starting;
        }
        catch (Exception exception) when (exception is FencedException or RecordStoreException)
        {
            throw new BatchHandoverException(Id, exception);
        }
        finally
        {
            _starting = null;
        }
    }

    /// <summary>A batch that is recorded under this id is joined; otherwise it begins.</summary>
    private async Task<BatchRun?> StartAsync(BatchSpec spec)
    {
        var plain = new BatchRun(Id, spec, Surroundings());
        var preparing = plain.PrepareAsync();
        if (await ResumeAsync() is { } known)
        {
            await preparing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            return known;
        }

        await preparing;
        return spec.Durable ? await BeginDurableAsync(spec) : Run(plain);
    }

    private async Task<BatchRun> BeginDurableAsync(BatchSpec spec)
    {
        table.ThrowIfClosed(Id);
        var batch = await archive.BeginAsync(Id, spec, Surroundings());
        try
        {
            await batch.PrepareAsync();
            return Run(batch);
        }
        catch (ArmatureException)
        {
            // Refused: what was recorded of it must not be found later.
            await archive.DeleteAsync(Id, CancellationToken.None);
            throw;
        }
    }

    private async Task<BatchRun?> ResumeAsync()
    {
        if (!await archive.ContainsAsync(Id, CancellationToken.None))
        {
            return null;
        }

        table.ThrowIfClosed(Id);
        if (await archive.ResumeAsync(Id, Surroundings(), CancellationToken.None) is not { } batch)
        {
            return null;
        }

        if (!batch.IsRunning)
        {
            table.AddEnded(batch);
            Keep(batch);
            KeepResults();
            return batch;
        }

        await batch.PrepareAsync();
        return Run(batch);
    }

    private BatchSurroundings Surroundings() => new(nodes, blobs, Options, time, serializer, logger);

    private BatchRun Run(BatchRun batch)
    {
        var scheduler = TaskScheduler.Current;
        table.Add(batch, most => Task.Factory.StartNew(() => batch.LeaveAsync(most), CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap());
        Keep(batch);
        _ = RunAsync(batch);
        return batch;
    }

    private void Keep(BatchRun batch)
    {
        _batch = batch;
        _timer = this.RegisterGrainTimer(OnTickAsync, new GrainTimerCreationOptions(TickPeriod, TickPeriod) { Interleave = true, KeepAlive = true });
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
            await batch.Ended;
        }

        table.End(batch);
        if (batch.HasLeft)
        {
            Forget(batch);
            return;
        }

        publisher.Publish(batch.Id, batch.Status.State switch
        {
            BatchState.Completed => BatchEventKind.Completed,
            BatchState.Cancelled => BatchEventKind.Cancelled,
            _ => BatchEventKind.Failed,
        }, batch.Status);
        KeepResults();
    }

    /// <summary>A durable batch's results are in its records when this activation is gone: it is found again when somebody asks.</summary>
    private void KeepResults()
    {
        _keptUntil = time.GetUtcNow() + Options.ResultRetention;
        _timer?.Change(Options.ResultRetention, TickPeriod);
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
            return;
        }

        if (!(time.GetUtcNow() >= _keptUntil))
        {
            return;
        }

        // The records of a durable batch are kept for longer, and deleted when its silo looks after them.
        Forget(batch);
        if (!batch.IsDurable)
        {
            await PruneAsync(batch);
        }
    }

    private void Forget(BatchRun batch)
    {
        _batch = null;
        _timer?.Dispose();
        table.Remove(batch);
        DeactivateOnIdle();
    }

    private async Task PruneAsync(BatchRun batch)
    {
        try
        {
            if (batch.IsDurable)
            {
                await archive.DeleteAsync(Id, CancellationToken.None);
            }
            else if (batch.UsesBlobs)
            {
                await archive.DeleteBlobsAsync(Id, CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is IOException or ArmatureException)
        {
            LogPruneFailed(logger, exception, Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {BatchId} failed in its coordinator")]
    private static partial void LogBatchFailed(ILogger logger, Exception exception, string batchId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is stored of batch {BatchId} could not all be deleted; it is tried again later")]
    private static partial void LogPruneFailed(ILogger logger, Exception exception, string batchId);
}
