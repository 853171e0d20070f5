namespace Armature.Caching;

/// <summary>Removes what barriers stop from the stores, and then forgets the barriers. Thread-safe.</summary>
internal sealed class BarrierSweep(NamedCaches caches, CacheBarriers barriers, PartitionTable partitions)
{
    private readonly Lock _running = new();

    /// <summary>Looks at all entries when there are barriers; does nothing when there are none.</summary>
    public void Run()
    {
        if (barriers.IsEmpty)
        {
            return;
        }

        lock (_running)
        {
            // What is on its way to or from another silo keeps its barriers: its entries may not be here yet.
            var newest = barriers.Newest().FindAll(barrier => partitions.IsHeld(barrier.Partition));

            // A write that took its number before a barrier has reached the store now, and is found there.
            partitions.WaitForAll();
            foreach (var store in caches.Stores)
            {
                store.Visit(IsStopped);
            }

            // A read that found what is removed now may not have asked for its barrier yet; it is inside the gate until it has.
            partitions.WaitForAll();
            newest.ForEach(barrier => barriers.Forget(barrier.Prefix, barrier.Partition, barrier.Version));
        }
    }

    private bool IsStopped(StoreKey key, in CachedValue entry)
    {
        var prefix = StoreKey.PrefixOf(key.Bytes);
        return barriers.Find(prefix) is { } found && found[key.Partition].Stop(key.Bytes[prefix.Length..], entry.Tags, entry.Version);
    }
}
