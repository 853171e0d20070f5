using System.Collections.Immutable;
using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;

namespace Armature.Batching;

[Reentrant, RandomPlacement]
internal sealed partial class BatchGrain(
    BatchStarter starter,
    BatchAnswers answers,
    BatchArchive archive,
    BatchTable table,
    BatchLifecyclePublisher publisher,
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
    private Task<BatchRun?>? _starting;
    private int _searches;
    private DateTimeOffset? _keptUntil;
    private IGrainTimer? _timer;

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
        ItemPageCheck.Check(Id, items, count);
        _abandoned.ThrowIfContains(spec.Submission, Id);
        var found = await FindAsync(() => starter.StartAsync(Id, spec, Run));
        return await answers.GetAsync(found.IsAbandoned ? await ReplaceAsync(found, spec) : found, batch =>
        {
            _abandoned.ThrowIfContains(spec.Submission, Id);
            return batch.Submissions.JoinAsync(spec, () => batch.AppendAsync(items, count, LongestWait, cancellationToken));
        });
    }

    public async Task<AppendReply> AppendAsync(PackedEntries items, int? count, CancellationToken cancellationToken)
    {
        ItemPageCheck.Check(Id, items, count);
        return await answers.GetAsync(await FindAsync(ResumeAsync), batch => batch.AppendAsync(items, count, LongestWait, cancellationToken));
    }

    public async Task<ResultPage> ReadResultsAsync(int cursor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cursor);
        return await answers.GetAsync(await FindAsync(ResumeAsync), batch => batch.ReadResultsAsync(cursor, LongestWait, cancellationToken));
    }

    public async Task<ImmutableArray<BatchEvent>> ReadEventsAsync(long fromSequence, CancellationToken cancellationToken) =>
        [.. await answers.GetAsync(await FindAsync(ResumeAsync), batch => batch.ReadEventsAsync(fromSequence, LongestWait, cancellationToken))];

    public async Task<BatchStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        await answers.GetAsync(await FindAsync(ResumeAsync), batch => Task.FromResult(batch.Status));

    public async Task CancelAsync(CancellationToken cancellationToken) =>
        await answers.TellAsync(await FindAsync(ResumeAsync), batch => batch.CancelAsync());

    public async Task AbandonAsync(Guid submission, CancellationToken cancellationToken)
    {
        // Calls may overtake one another: the submit may come after this.
        _abandoned.Add(submission);
        if (await FindOrNullAsync(ResumeAsync) is { } batch)
        {
            await answers.TellAsync(batch, known => known.AbandonAsync(submission));
            return;
        }

        DelayDeactivation(AbandonedSubmissions.Kept);
    }

    public async Task ReleaseAsync(Guid submission, CancellationToken cancellationToken)
    {
        if (_batch is { IsRunning: false, HasLeft: false } batch
            && await answers.GetAsync(batch, known => known.Submissions.IsLastToLeaveAsync(submission)))
        {
            Forget(batch);
            await archive.PruneAsync(batch);
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

    /// <summary>A batch that all its callers gave up makes room for another one of its id, once it has ended.</summary>
    private async Task<BatchRun> ReplaceAsync(BatchRun abandoned, BatchSpec spec)
    {
        await Task.WhenAny(abandoned.Ended, Task.Delay(LongestWait, time, CancellationToken.None));
        if (abandoned.IsRunning)
        {
            throw new BatchHandoverException(Id);
        }

        if (_batch == abandoned)
        {
            Drop(abandoned);
        }

        return await FindAsync(async () =>
        {
            await archive.MakeRoomAsync(abandoned);
            return await starter.StartAsync(Id, spec, Run);
        });
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

    private Task<BatchRun?> ResumeAsync() => starter.ResumeAsync(Id, Run);

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

    private void Run(BatchRun batch)
    {
        if (!batch.IsRunning)
        {
            table.AddEnded(batch);
            Keep(batch);
            KeepResults();
            return;
        }

        var scheduler = TaskScheduler.Current;
        table.Add(batch, most => Task.Factory.StartNew(() => batch.LeaveAsync(most), CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap());
        Keep(batch);
        _ = RunAsync(batch);
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

        publisher.Publish(batch.Id, BatchStory.EndOf(batch.Status.State), batch.Status);
        if (_batch == batch)
        {
            KeepResults();
        }
    }

    /// <summary>A durable batch's results are in its records when this activation is gone: it is found again when somebody asks.</summary>
    private void KeepResults()
    {
        var retention = options.Value.Batching.ResultRetention;
        _keptUntil = time.GetUtcNow() + retention;
        _timer?.Change(retention, TickPeriod);
        DelayDeactivation(retention);
    }

    private async Task OnTickAsync(CancellationToken cancellationToken)
    {
        if (_batch is { IsRunning: true } running)
        {
            running.Tick();
            return;
        }

        if (_batch is not { } batch || !(time.GetUtcNow() >= _keptUntil))
        {
            return;
        }

        // The records of a durable batch are kept for longer, and deleted when its silo looks after them.
        Forget(batch);
        if (!batch.IsDurable)
        {
            await archive.PruneAsync(batch);
        }
    }

    private void Forget(BatchRun batch)
    {
        Drop(batch);
        DeactivateOnIdle();
    }

    private void Drop(BatchRun batch)
    {
        _batch = null;
        _timer?.Dispose();
        table.Remove(batch);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {BatchId} failed in its coordinator")]
    private static partial void LogBatchFailed(ILogger logger, Exception exception, string batchId);
}
