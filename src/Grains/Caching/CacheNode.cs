using Armature.Clustering;

namespace Armature.Caching;

/// <summary>
/// The cache on one silo: deals with the keys of the partitions that the silo holds. Calls are plain ones and end at once. Thread-safe.
/// </summary>
internal sealed class CacheNode(NamedCaches caches, PartitionTable partitions, MembershipLease lease, TimeProvider time)
{
    /// <summary>Keys that are dealt with before the gate is opened for a partition that moves: about 100 µs.</summary>
    private const int KeysInOneGo = 1_024;

    // Versions that are lost begin again above all that were given: no partition has more writes in a millisecond.
    private const int WritesInOneMillisecondBits = 20;

    /// <summary>Deals with all keys whose partitions are here; the others stay <see cref="CacheOutcome.NotHeld"/>.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="room">Bytes of values that may be answered; when they are used up, the rest is left, but never the first value.</param>
    /// <exception cref="MembershipStaleException">This silo may not answer.</exception>
    public NodeAnswer Answer(CacheRequest request, long room)
    {
        var run = new NodeRun(caches.Find(request.Cache), partitions, request, room, stackalloc byte[StoreKeys.MaxBytes]);
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

        lease.ThrowIfStale();
        return new(run.Answer, run.Next);
    }

    /// <summary>Lets this silo answer for a partition that nobody has entries of.</summary>
    public void HoldCold(int partition) => partitions.Hold(partition, time.GetUtcNow().ToUnixTimeMilliseconds() << WritesInOneMillisecondBits);

    /// <summary>Ends that this silo answers for a partition, and drops its entries.</summary>
    public void Release(int partition)
    {
        if (partitions.TryChange(partition, PartitionState.Held, PartitionState.NotHeld))
        {
            foreach (var store in caches.Stores)
            {
                store.Drop(partition);
            }
        }
    }
}
