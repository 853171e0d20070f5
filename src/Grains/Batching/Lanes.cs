namespace Armature.Batching;

/// <summary>
/// The lanes of a batch: for each silo one more than its capacity at most, each taking chunk after chunk from the one queue.
/// Used on the coordinator's scheduler only.
/// </summary>
internal sealed class Lanes(BatchLife life, Participants silos, ItemQueue queue, ChunkSizer sizer, RunningChunks running, ChunkCalls calls, LaneTasks tasks)
{
    private static readonly TimeSpan ScoutTime = TimeSpan.FromMilliseconds(2);

    /// <summary>Lanes per silo at first, while chunks are not worth a call yet.</summary>
    private const int FirstScouts = 16;

    private int _scouts = FirstScouts;
    private Task? _scouting;

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

    private async Task RunAsync(SiloLanes silo)
    {
        while (silo.IsReady && !silo.HasEnough && queue.TryTake(sizer.Next(queue.Count, silos.LaneCount, silos.Ready.Count())) is { } work)
        {
            await calls.RunAsync(running.Begin(silo, work));
        }

        silo.ActiveLanes--;
    }
}
