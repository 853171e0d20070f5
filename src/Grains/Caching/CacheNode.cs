using Armature.Caching.Tier;
using Armature.Clustering;

namespace Armature.Caching;

/// <summary>
/// The cache on one silo: deals with the keys of the partitions that the silo holds. Calls are plain ones and end at once. Thread-safe.
/// </summary>
internal sealed class CacheNode(NamedCaches caches, CacheState state, BarrierSweep sweep, MembershipLease lease, TimeProvider time, SiloTier? tier = null)
{
    /// <summary>Keys that are dealt with before the gate is opened for a partition that moves: reads take about 20 µs, writes 150.</summary>
    private const int KeysInOneGo = 512;

    private int _largeReads;

    /// <summary>True when a request cannot be dealt with at once: what lies behind the cache has a part in it.</summary>
    public bool MustWait(CacheRequest request) => tier is not null && request.Operation is not (CacheOperation.Get or CacheOperation.Scan);

    /// <summary>Deals with all keys whose partitions are here; the others stay <see cref="CacheOutcome.NotHeld"/>.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="room">Bytes of values that may be answered; when they are used up, the rest is left, but never the first value.</param>
    /// <exception cref="MembershipStaleException">This silo may not answer.</exception>
    public NodeAnswer Answer(CacheRequest request, long room)
    {
        var answer = Run(request, room, tier?.BeginDeferred(caches.Find(request.Cache)));
        answer.Load?.Settle(answer.Answer, room);
        ThrowIfStale(answer.Load);
        return answer;
    }

    /// <summary>Does the same, asks and writes what lies behind the cache, and waits for keys that others load.</summary>
    /// <inheritdoc cref="Answer"/>
    public ValueTask<NodeAnswer> AnswerAsync(CacheRequest request, long room, CancellationToken cancellationToken)
    {
        if (tier is not null && request.Operation != CacheOperation.Scan)
        {
            return new(AnswerTieredAsync(tier.Begin(caches.Find(request.Cache)), request, room, cancellationToken));
        }

        return request.Load is { WaitMilliseconds: > 0 }
            ? new(AnswerLaterAsync(Run(request, room), request, room, cancellationToken))
            : new(Answer(request, room));
    }

    private async Task<NodeAnswer> AnswerTieredAsync(TierCall call, CacheRequest request, long room, CancellationToken cancellationToken)
    {
        NodeAnswer answer = default;
        var flushing = Task.CompletedTask;
        try
        {
            answer = Run(request, room, call);
            answer = answer with { IsFull = !await TryAskTierAsync(call, answer, request, room) };
        }
        finally
        {
            // What was changed in memory goes to the tier whether or not somebody waits for it.
            call.End();
            flushing = call.FlushAsync();
        }

        try
        {
            await flushing.WaitAsync(cancellationToken);
        }
        catch
        {
            answer.Load?.Abandon();
            throw;
        }

        return await AnswerLaterAsync(answer, request, room, cancellationToken);
    }

    // False when there was no room for all.
    private async Task<bool> TryAskTierAsync(TierCall call, NodeAnswer answer, CacheRequest request, long room)
    {
        var next = 0;
        while (next < call.Misses.Count)
        {
            var page = await call.AskAsync(next);
            var count = page?.Values.Count ?? call.Misses.Count;
            if (!TryGoOn(call, page, next, Math.Min(next + count, call.Misses.Count), answer, request, room))
            {
                return false;
            }

            next += count;
        }

        return true;
    }

    // False when there is no room for more.
    private bool TryGoOn(TierCall call, TierPage? page, int from, int end, NodeAnswer answer, CacheRequest request, long room)
    {
        var cache = caches.Find(request.Cache);
        var given = answer.Answer.Given;
        var run = new NodeRun(cache, state, request, room, stackalloc byte[StoreKeys.MaxBytes], call, answer);
        for (var next = from; next < end && !run.IsFull;)
        {
            var stop = Math.Min(next + KeysInOneGo, end);
            state.Partitions.Enter();
            try
            {
                for (; next < stop && !run.IsFull; next++)
                {
                    run.GoBackTo(call.Misses[next].Place, call.Fill(next, page, next - from, cache.Store.Now));
                }
            }
            finally
            {
                state.Partitions.Exit();
            }
        }

        OnRead(cache, request, run.Answer.Given - given, run.Misses);
        return !run.IsFull;
    }

    private async Task<NodeAnswer> AnswerLaterAsync(NodeAnswer answer, CacheRequest request, long room, CancellationToken cancellationToken)
    {
        try
        {
            await (request.Load is { WaitMilliseconds: > 0 } ? answer.Load?.WaitAsync(time, cancellationToken) ?? Task.CompletedTask : Task.CompletedTask);
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

    private static void OnRead(NamedCache cache, CacheRequest request, int given, int misses)
    {
        if (request.Operation is CacheOperation.Get or CacheOperation.Load)
        {
            cache.OnRead(given, misses);
        }
    }

    private NodeAnswer Run(CacheRequest request, long room, TierCall? call = null)
    {
        var cache = caches.Find(request.Cache);
        if (request.Operation == CacheOperation.Scan)
        {
            return new CacheScan(new(cache, state.Barriers.Find(cache.Prefix)), state.Partitions, request).Answer(room);
        }

        return call is null && SharedRead.IsFor(request, room) ? ReadLarge(cache, request, room) : Run(cache, request, room, call);
    }

    // Callers who read many keys at the same time have a thread each already: a second one for each would only be in their way.
    private NodeAnswer ReadLarge(NamedCache cache, CacheRequest request, long room)
    {
        try
        {
            if (Interlocked.Increment(ref _largeReads) > 1)
            {
                return Run(cache, request, room, call: null);
            }

            var (answer, misses) = new SharedRead(cache, state, request, KeysInOneGo).Run();
            cache.OnRead(answer.Given, misses);
            return new(answer, request.Keys.Count, null);
        }
        finally
        {
            Interlocked.Decrement(ref _largeReads);
        }
    }

    private NodeAnswer Run(NamedCache cache, CacheRequest request, long room, TierCall? call)
    {
        cache.ThrowIfNeverDue(request);
        var run = new NodeRun(cache, state, request, room, stackalloc byte[StoreKeys.MaxBytes], call);
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

        OnRead(cache, request, run.Answer.Given, run.Misses);
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
