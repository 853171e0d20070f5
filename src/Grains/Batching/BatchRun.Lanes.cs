using Microsoft.Extensions.Logging;

namespace Armature.Batching;

/// <content>The lanes: per silo one more than its capacity, each taking chunk after chunk from the one queue.</content>
internal sealed partial class BatchRun
{
    private static readonly TimeSpan ScoutTime = TimeSpan.FromMilliseconds(2);

    /// <summary>Lanes per silo while nothing is known of the items' time.</summary>
    private const int ScoutLanes = 16;

    private int LaneCount => _silos.Values.Where(silo => !silo.IsGone).Sum(silo => silo.Lanes);

    /// <summary>
    /// Starts lanes while something waits: always on the silo with the smallest part of its lanes in use, so that a few items
    /// spread over all silos. While nothing is known of the items' time only some start; the rest follow at the first answer
    /// or a little later, for items so fast that they fit into a few large chunks are done by then.
    /// </summary>
    private void StartLanes()
    {
        while (_queue.Count > 0 && NextSilo() is { } silo)
        {
            if (_sizer.IsIgnorant && silo.ActiveLanes >= ScoutLanes && !_isScoutingOver)
            {
                _scouting ??= EndScoutingAsync();
                return;
            }

            silo.ActiveLanes++;
            Track(RunLaneAsync(silo));
        }
    }

    private SiloLanes? NextSilo() => _silos.Values
        .Where(silo => !silo.IsGone && silo.ActiveLanes < silo.Lanes)
        .MinBy(silo => (double)silo.ActiveLanes / silo.Lanes);

    private async Task EndScoutingAsync()
    {
        await PauseAsync(ScoutTime);
        _isScoutingOver = true;
        StartLanes();
    }

    private async Task RunLaneAsync(SiloLanes silo)
    {
        while (!silo.IsGone && _queue.TryTake(_sizer.Next(_queue.Count, LaneCount)) is { } work)
        {
            await RunChunkAsync(silo, work);
        }

        silo.ActiveLanes--;
    }

    private void Track(Task lane)
    {
        var guarded = FailOnDefectAsync(lane);
        if (!guarded.IsCompleted)
        {
            _lanes.Add(guarded);
            _ = ForgetAsync(guarded);
        }
    }

    private async Task ForgetAsync(Task lane)
    {
        await lane;
        _lanes.Remove(lane);
    }

    private async Task FailOnDefectAsync(Task lane)
    {
        try
        {
            await lane;
        }
#pragma warning disable CA1031 // a lane that ends by a defect would leave its items unanswered: the batch fails instead of hanging
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail($"a lane of its coordinator failed: {exception}");
        }
    }

    private async Task RunChunkAsync(SiloLanes silo, Work work)
    {
        var chunk = Begin(silo, work);
        try
        {
            await RunAsync(chunk);
        }
        finally
        {
            Finish(chunk);
        }
    }

    private async Task RunAsync(RunningChunk chunk)
    {
        try
        {
            var reply = await _nodes.RunChunkAsync(chunk.Silo.Address, RequestFor(chunk));
            Accept(chunk, reply);
            if (reply.State == NodeState.Draining)
            {
                Leave(chunk.Silo);
            }

            if (reply.State == NodeState.Full)
            {
                await PauseAsync(RefusalPause);
            }
        }
#pragma warning disable CA1031 // whatever the call ran into, its items are not lost: they go back, or fail after their attempts
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogChunkFailed(_logger, exception, chunk.Silo.Address, Id);
            await RecoverAsync(chunk, exception);
        }
    }

    private RunningChunk Begin(SiloLanes silo, Work work)
    {
        var chunk = new RunningChunk(++_lastChunk, work, silo, _time.GetTimestamp());
        _running.Add(chunk.Id, chunk);
        silo.RunningChunks++;
        silo.RunningItems += work.Items.Count;
        return chunk;
    }

    private void Finish(RunningChunk chunk)
    {
        _running.Remove(chunk.Id);
        chunk.Silo.RunningChunks--;
        chunk.Silo.RunningItems -= chunk.Work.Items.Count;
        if (chunk.Twin is { } twin && _running.ContainsKey(twin.Id))
        {
            twin.Twin = null;
            _ = CancelOnAsync(twin.Silo.Address, twin.Id);
        }
    }

    private ChunkRequest RequestFor(RunningChunk chunk) => new()
    {
        BatchId = Id,
        ChunkId = chunk.Id,
        Handler = _spec.Handler,
        Items = chunk.Work.Items,
        Attempt = chunk.Work.Attempt,
        ItemTimeout = _spec.ItemTimeout ?? _handler!.ItemTimeout,
        Coordinator = _nodes.Local,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A chunk on silo {Silo} of batch {BatchId} got no answer; its items run again")]
    private static partial void LogChunkFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);
}
