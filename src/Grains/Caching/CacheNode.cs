using Armature.Clustering;

namespace Armature.Caching;

/// <summary>
/// The cache on one silo: deals with the keys of the partitions that the silo holds. Calls are plain ones and end at once. Thread-safe.
/// </summary>
internal sealed class CacheNode(NamedCaches caches, CacheState state, BarrierSweep sweep, MembershipLease lease, TimeProvider time)
{
    /// <summary>Keys that are dealt with before the gate is opened for a partition that moves: about 100 µs.</summary>
    private const int KeysInOneGo = 1_024;

    /// <summary>Deals with all keys whose partitions are here; the others stay <see cref="CacheOutcome.NotHeld"/>.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="room">Bytes of values that may be answered; when they are used up, the rest is left, but never the first value.</param>
    /// <exception cref="MembershipStaleException">This silo may not answer.</exception>
    public NodeAnswer Answer(CacheRequest request, long room)
    {
        var answer = Run(request, room);
        answer.Load?.Settle(answer.Answer, room);
        ThrowIfStale(answer.Load);
        return answer;
    }

    /// <summary>Does the same, and waits for keys that others load.</summary>
    /// <inheritdoc cref="Answer"/>
    public ValueTask<NodeAnswer> AnswerAsync(CacheRequest request, long room, CancellationToken cancellationToken) =>
        request.Load is { WaitMilliseconds: > 0 } ? new(AnswerLaterAsync(request, room, cancellationToken)) : new(Answer(request, room));

    private async Task<NodeAnswer> AnswerLaterAsync(CacheRequest request, long room, CancellationToken cancellationToken)
    {
        var answer = Run(request, room);
        try
        {
            await (answer.Load?.WaitAsync(time, cancellationToken) ?? Task.CompletedTask);
        }
        catch (OperationCanceledException)
        {
            answer.Load?.Abandon();
            throw;
        }

        answer.Load?.Settle(answer.Answer, room);
        ThrowIfStale(answer.Load);
        return answer;
    }

    private NodeAnswer Run(CacheRequest request, long room)
    {
        var cache = caches.Find(request.Cache);
        if (request.Operation == CacheOperation.Scan)
        {
            return new CacheScan(new(cache, state.Barriers.Find(cache.Prefix)), state.Partitions, request).Answer(room);
        }

        var run = new NodeRun(cache, state, request, room, stackalloc byte[StoreKeys.MaxBytes]);
        while (!run.IsOver)
        {
            state.Partitions.Enter();
            try
            {
                run.GoOn(KeysInOneGo);
            }
            finally
            {
                state.Partitions.Exit();
            }
        }

        if (request.Operation is CacheOperation.Get or CacheOperation.Load)
        {
            cache.OnRead(run.Answer.Given, run.Misses);
        }

        if (run.HasTooManyBarriers)
        {
            sweep.Run();
        }

        return new(run.Answer, run.Next, run.Load);
    }

    private void ThrowIfStale(NodeLoad? load)
    {
        try
        {
            lease.ThrowIfStale();
        }
        catch (MembershipStaleException)
        {
            load?.Abandon();
            throw;
        }
    }

    /// <inheritdoc cref="ChangeLog.Read"/>
    /// <exception cref="MembershipStaleException">This silo may not answer.</exception>
    public CacheChanges ReadChanges(long? since, SiloAddress silo)
    {
        var read = state.Changes.Read(since, silo, [.. state.Partitions.Held.Select(partition => (byte)partition)]);
        lease.ThrowIfStale();
        return read;
    }
}
