using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Armature.Batching;

/// <summary>The chunks of a batch that silos have now: numbered, sent, taken back. Used on the coordinator's scheduler only.</summary>
internal sealed partial class RunningChunks(string batchId, BatchSpec spec, IClusterNodes nodes, Participants silos, ItemLedger items, long firstChunk, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<long, RunningChunk> _running = [];
    private long _last = firstChunk;

    /// <summary>A chunk has ended, whatever became of it.</summary>
    public event Action<RunningChunk>? Ended;

    public int Count => _running.Count;

    public IEnumerable<RunningChunk> All => _running.Values;

    public RunningChunk Begin(SiloLanes silo, Work work)
    {
        var chunk = new RunningChunk(++_last, work, silo, time.GetTimestamp());
        _running.Add(chunk.Id, chunk);
        silo.RunningChunks++;
        silo.RunningItems += work.Items.Count;
        return chunk;
    }

    public Task<ChunkReply> CallAsync(RunningChunk chunk)
    {
        if (!silos.IsHere(chunk.Silo))
        {
            return Task.FromException<ChunkReply>(new SiloUnavailableException($"Silo {chunk.Silo.Name} has left."));
        }

        chunk.IsSent = true;
        return nodes.RunChunkAsync(chunk.Silo.Address, new()
        {
            BatchId = batchId,
            ChunkId = chunk.Id,
            Handler = spec.Handler,
            Items = chunk.Work.Items,
            Attempt = chunk.Work.Attempt,
            ItemTimeout = spec.ItemTimeout ?? silos.Handler!.ItemTimeout,
            Coordinator = nodes.Local,
            IsAlone = chunk.IsAlone,
        });
    }

    /// <summary>Marks the chunks that have run for a time.</summary>
    public void MarkSlow(TimeSpan since)
    {
        foreach (var chunk in _running.Values)
        {
            if (!chunk.IsSlow && time.GetElapsedTime(chunk.StartedAt) >= since)
            {
                chunk.IsSlow = true;
                chunk.Silo.SlowItems += SlowItemsOf(chunk);
            }
        }
    }

    /// <summary>Forgets a chunk, and calls off its twin when nothing is left for that to do.</summary>
    public void Finish(RunningChunk chunk)
    {
        _running.Remove(chunk.Id);
        chunk.Silo.RunningChunks--;
        chunk.Silo.RunningItems -= chunk.Work.Items.Count;
        chunk.Silo.SlowItems -= chunk.IsSlow ? SlowItemsOf(chunk) : 0;
        Ended?.Invoke(chunk);
        if (chunk.Twin is not { } twin || !_running.ContainsKey(twin.Id))
        {
            return;
        }

        twin.Twin = null;
        if (!twin.Work.Items.Indices.Any(items.IsOpen))
        {
            _ = CancelOnAsync(twin.Silo.Address, twin.Id);
        }
    }

    /// <summary>Tells every silo that has chunks to stop them.</summary>
    public Task CancelAllAsync() =>
        Task.WhenAll(silos.All.Where(silo => silo.RunningChunks > 0).Select(silo => CancelOnAsync(silo.Address, null)));

    /// <summary>Tells silos to stop exactly the chunks that were sent from here: the batch may have another coordinator.</summary>
    public Task CancelSentAsync() => Task.WhenAll(_running.Values.Select(chunk => CancelOnAsync(chunk.Silo.Address, chunk.Id)).ToList());

    private static int SlowItemsOf(RunningChunk chunk) => chunk.Work.Items.Count - 1;

    private async Task CancelOnAsync(SiloAddress silo, long? chunkId)
    {
        try
        {
            await nodes.CancelAsync(silo, batchId, chunkId);
        }
#pragma warning disable CA1031 // a silo that cannot be told is dead or about to be: its answers are not waited for
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogCancelFailed(logger, exception, silo, batchId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not be told to stop batch {BatchId}")]
    private static partial void LogCancelFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);
}
