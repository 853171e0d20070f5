using Armature.Hosting;

namespace Armature.Batching;

/// <summary>
/// When nothing waits and a silo is idle, the oldest running chunk starts there a second time: the first answer counts. Only
/// where the handler allows it, and only after twice the time the chunk should have taken. Used on the coordinator's scheduler only.
/// </summary>
internal sealed class LateChunks(
    Participants silos,
    ItemLedger items,
    ItemQueue queue,
    ChunkSizer sizer,
    RunningChunks running,
    ChunkCalls calls,
    LaneTasks tasks,
    BatchIncidents incidents,
    BatchingOptions options,
    TimeProvider time)
{
    public void Reissue()
    {
        if (silos.Handler is null or { TailReissue: TailReissue.Off } || queue.Count > 0 || !items.IsSealed)
        {
            return;
        }

        var late = running.All.Where(IsLate).MinBy(chunk => chunk.StartedAt);
        var idle = silos.Ready.FirstOrDefault(silo => silo != late?.Silo && silo.RunningChunks < silo.Lanes - 1);
        if (late is not null && idle is not null)
        {
            tasks.Run(() => RunTwinAsync(late, idle));
        }
    }

    private bool IsLate(RunningChunk chunk)
    {
        var expected = sizer.AverageItem * chunk.Work.Items.Count;
        var least = expected > options.ChunkTarget ? expected : options.ChunkTarget;
        return chunk.Twin is null && time.GetElapsedTime(chunk.StartedAt) > 2 * least;
    }

    private Task RunTwinAsync(RunningChunk late, SiloLanes silo)
    {
        var open = late.Work.Items.Where(i => items.IsOpen(late.Work.Items.Indices[i]));
        var twin = running.Begin(silo, late.Work with { Items = open });
        late.Twin = twin;
        twin.Twin = late;
        incidents.OnReissued(twin.Work, late.Silo, silo);
        return calls.RunAsync(twin);
    }
}
