namespace Armature.Batching;

/// <summary>
/// The lanes of a batch: for each silo one more than its capacity, each taking chunk after chunk from the one queue.
/// Used on the coordinator's scheduler only.
/// </summary>
internal sealed class Lanes(BatchLife life, Participants silos, ItemQueue queue, ChunkSizer sizer, RunningChunks running, ChunkCalls calls, LaneTasks tasks)
{
    private static readonly TimeSpan ScoutTime = TimeSpan.FromMilliseconds(2);

    /// <summary>Lanes per silo while nothing is known of the items' time.</summary>
    private const int ScoutLanes = 16;

    private bool _isScoutingOver;
    private Task? _scouting;

    /// <summary>
    /// Starts lanes while something waits: always on the silo with the smallest part of its lanes in use, so that a few items
    /// spread over all silos. While nothing is known of the items' time only some start; the rest follow at the first answer
    /// or a little later, for items so fast that they fit into a few large chunks are done by then.
    /// </summary>
    public void Start()
    {
        while (queue.Count > 0 && NextSilo() is { } silo)
        {
            if (sizer.IsIgnorant && silo.ActiveLanes >= ScoutLanes && !_isScoutingOver)
            {
                _scouting ??= EndScoutingAsync();
                return;
            }

            silo.ActiveLanes++;
            tasks.Run(() => RunAsync(silo));
        }
    }

    private SiloLanes? NextSilo() => silos.Present
        .Where(silo => silo.ActiveLanes < silo.Lanes)
        .MinBy(silo => (double)silo.ActiveLanes / silo.Lanes);

    private async Task EndScoutingAsync()
    {
        await life.PauseAsync(ScoutTime);
        _isScoutingOver = true;
        Start();
    }

    private async Task RunAsync(SiloLanes silo)
    {
        while (!silo.IsGone && queue.TryTake(sizer.Next(queue.Count, silos.LaneCount)) is { } work)
        {
            await calls.RunAsync(running.Begin(silo, work));
        }

        silo.ActiveLanes--;
    }
}
