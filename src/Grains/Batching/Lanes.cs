namespace Armature.Batching;

/// <summary>
/// The lanes of a batch: for each silo one more than its capacity at most, each taking chunk after chunk from the one queue.
/// Used on the coordinator's scheduler only.
/// </summary>
internal sealed class Lanes(BatchLife life, Participants silos, ItemQueue queue, ChunkSizer sizer, RunningChunks running, ChunkCalls calls, LaneTasks tasks)
{
    private static readonly TimeSpan ScoutTime = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan LeastPatience = TimeSpan.FromMilliseconds(4);

    /// <summary>Lanes per silo at first, while chunks are not worth a call yet.</summary>
    private const int FirstScouts = 16;

    private int _scouts = FirstScouts;
    private Task? _scouting;
    private Task? _looking;

    /// <summary>
    /// Starts lanes while something waits: always on the silo with the smallest part of its lanes in use, so that a few items
    /// spread over all silos. While nothing is known of the items' time, or they are too fast for the chunks there are, only some
    /// start, and twice as many after every little while. Fast items go in a few large chunks then instead of many small ones.
    /// </summary>
    public void Start()
    {
        while (queue.Count > 0 && NextSilo() is { } silo)
        {
            if (sizer.IsProbing && silo.ActiveLanes >= _scouts)
            {
                _scouting ??= SendMoreScoutsAsync();
                return;
            }

            silo.ActiveLanes++;
            tasks.Run(() => RunAsync(silo));
        }

        if (queue.Count > 0 && silos.Ready.Any(silo => silo.HasEnough))
        {
            _looking ??= LookAgainAsync();
        }
    }

    private SiloLanes? NextSilo() => silos.Ready
        .Where(silo => silo.ActiveLanes < silo.Lanes && !silo.HasEnough)
        .MinBy(silo => (double)silo.ActiveLanes / silo.Lanes);

    private async Task SendMoreScoutsAsync()
    {
        await life.PauseAsync(ScoutTime);
        _scouting = null;
        _scouts *= 2;
        Start();
    }

    // A silo that has enough has done it in twice the time of an item. What is not answered then may be held up by one slow item of each chunk.
    private async Task LookAgainAsync()
    {
        var patience = 2 * sizer.AverageItem;
        patience = patience > LeastPatience ? patience : LeastPatience;
        await life.PauseAsync(patience);
        _looking = null;
        running.MarkSlow(patience);
        Start();
    }

    private async Task RunAsync(SiloLanes silo)
    {
        while (silo.IsReady && !silo.HasEnough && queue.TryTake(sizer.Next(queue.Count, silos.LaneCount, silos.Ready.Count())) is { } work)
        {
            await calls.RunAsync(running.Begin(silo, work));

            // What has ended may have been most of what the silo had, and the next chunk small.
            Start();
        }

        silo.ActiveLanes--;
    }
}
