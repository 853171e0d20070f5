using Microsoft.Extensions.Logging;

namespace Armature.Batching;

/// <summary>
/// Items that were on a silo when it died: one of them may have taken it down. They run again one at a time on each silo, with nothing
/// beside them, so that a second death names the item. Used on the coordinator's scheduler only.
/// </summary>
internal sealed partial class Suspects(
    string batchId,
    BatchLife life,
    Participants silos,
    ItemLedger items,
    RunningChunks running,
    UnreachableSilos unreachable,
    SuspectCalls calls,
    Outcomes outcomes,
    LaneTasks tasks,
    BatchIncidents incidents,
    BatchRecorder? recorder,
    ILogger logger)
{
    /// <summary>Deaths after which an item is named that could never be run alone: it does not take processes down for ever.</summary>
    public const int MostDeaths = 5;

    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(1);

    private readonly Queue<Work> _waiting = new();

    public void Add(Work work)
    {
        var open = Enumerable.Range(0, work.Items.Count).Where(i => items.IsOpen(work.Items.Indices[i])).ToList();
        open.ForEach(i => _waiting.Enqueue(work with { Items = work.Items.Slice(i, 1) }));
        if (open.Count > 0)
        {
            incidents.OnSuspected(open.Count);
        }

        Start();
    }

    /// <summary>The items of a chunk whose silo has died are suspect; one that was alone, or on too many such silos, is named.</summary>
    public void Blame(RunningChunk chunk)
    {
        if (!life.TakesResults)
        {
            return;
        }

        var work = chunk.Work with { Deaths = chunk.Work.Deaths + 1 };
        if (chunk.IsAlone || work.Deaths >= MostDeaths)
        {
            Condemn(work, chunk.Silo.Address);
            return;
        }

        recorder?.AddSuspects(work, chunk.Silo.Address);
        Add(work);
    }

    /// <summary>Names an item that takes its silo down. It does not run again.</summary>
    public void Condemn(Work work, SiloAddress silo)
    {
        incidents.OnCondemned(work.Items.Indices[0], silo, work.Deaths);
        outcomes.FailFinally(work, ItemErrorCodes.ProcessDied, work.Deaths < MostDeaths
            ? $"Silos died while this item was running, {work.Deaths} in all, and on the last ({silo}) nothing ran beside it."
            : $"Silos died while this item was running, {work.Deaths} in all, the last of them {silo}; an item is tried on no more than {MostDeaths}.");
    }

    /// <summary>Starts a suspect on every silo that has none and may take one.</summary>
    public void Start()
    {
        foreach (var silo in silos.Present.Where(MayTake).Take(_waiting.Count).ToList())
        {
            silo.RunsSuspect = true;
            tasks.Run(() => RunOnAsync(silo));
        }
    }

    /// <summary>The coordinator's own silo only when there is no other: with it the batch would die, or lose its coordinator.</summary>
    private bool MayTake(SiloLanes silo) =>
        !silo.RunsSuspect && silo.IsReady && (!silos.IsLocal(silo) || (silos.Present.All(silos.IsLocal) && !silos.IsAsking));

    private async Task RunOnAsync(SiloLanes silo)
    {
        do
        {
            silo.RunsSuspect = false;
            if (!life.StartsWork || !MayTake(silo) || !_waiting.TryDequeue(out var work))
            {
                return;
            }

            silo.RunsSuspect = true;
            await RunAsync(running.Begin(silo, work));
        }
        while (true);
    }

    private async Task RunAsync(RunningChunk chunk)
    {
        var pause = TimeSpan.Zero;
        try
        {
            if (await calls.CallAsync(chunk) is { } reply)
            {
                await AcceptAsync(chunk, reply);
            }
        }
#pragma warning disable CA1031 // whatever the call ran into, its item is not lost: it waits again, or fails after its attempts
        catch (Exception exception)
#pragma warning restore CA1031
        {
            pause = await RecoverAsync(chunk, exception);
        }
        finally
        {
            running.Finish(chunk);
        }

        Start();
        await life.PauseAsync(pause);
    }

    /// <summary>An item that has not started stays suspect. Returns how long its silo is to be left alone.</summary>
    private async Task<TimeSpan> RecoverAsync(RunningChunk chunk, Exception exception)
    {
        switch (await unreachable.JudgeAsync(chunk, exception))
        {
            case CallFailure.Died:
                Blame(chunk);
                return TimeSpan.Zero;
            case CallFailure.NotReached:
                _waiting.Enqueue(chunk.Work);
                return TimeSpan.Zero;
            case CallFailure.Own when chunk.IsSent:
                LogSuspectFailed(logger, exception, chunk.Silo.Address, batchId);
                outcomes.Fail(chunk, ItemErrorCodes.SiloUnreachable, $"Silo {chunk.Silo.Name} could not be called: {exception.Message}");
                return TimeSpan.Zero;
            default:
                LogSuspectFailed(logger, exception, chunk.Silo.Address, batchId);
                _waiting.Enqueue(chunk.Work);
                return FailurePause;
        }
    }

    /// <summary>An item that was not started stays suspect.</summary>
    private async Task AcceptAsync(RunningChunk chunk, ChunkReply reply)
    {
        outcomes.Accept(chunk, reply with { Returned = [] });
        if (reply.State == NodeState.Draining)
        {
            silos.Leave(chunk.Silo);
        }

        if (reply.Returned.Length == 0 || !life.StartsWork)
        {
            return;
        }

        _waiting.Enqueue(chunk.Work);
        if (reply.State == NodeState.Full)
        {
            await life.PauseAsync(RefusalPause);
        }

        Start();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An item that runs alone on silo {Silo} of batch {BatchId} got no answer; it runs again")]
    private static partial void LogSuspectFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);
}
