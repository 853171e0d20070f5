using Armature.Clustering;

namespace Armature.Caching;

/// <summary>
/// The cache on one silo: deals with the keys of the partitions that the silo holds. Calls are plain ones and end at once. Thread-safe.
/// </summary>
internal sealed class CacheNode(NamedCaches caches, PartitionTable partitions, MembershipLease lease)
{
    /// <summary>Keys that are dealt with before the gate is opened for a partition that moves: about 100 µs.</summary>
    private const int KeysInOneGo = 1_024;

    /// <summary>Deals with all keys whose partitions are here; the others stay <see cref="CacheOutcome.NotHeld"/>.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="room">Bytes of values that may be answered; when they are used up, the rest is left, but never the first value.</param>
    /// <exception cref="MembershipStaleException">This silo may not answer.</exception>
    public NodeAnswer Answer(CacheRequest request, long room)
    {
        var cache = caches.Find(request.Cache);
        var run = new NodeRun(cache, partitions, request, room, stackalloc byte[StoreKeys.MaxBytes]);
        while (!run.IsOver)
        {
            partitions.Enter();
            try
            {
                run.GoOn(KeysInOneGo);
            }
            finally
            {
                partitions.Exit();
            }
        }

        if (request.Operation == CacheOperation.Get)
        {
            var read = request.Keys.Count - run.Answer.NotHeld;
            cache.OnRead(run.Answer.Given, read - run.Answer.Given);
        }

        lease.ThrowIfStale();
        return new(run.Answer, run.Next);
    }
}
