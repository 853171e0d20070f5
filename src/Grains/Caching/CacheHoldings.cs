namespace Armature.Caching;

/// <summary>What the cache on one silo keeps beside the entries.</summary>
internal sealed record CacheHoldings(PartitionTable Partitions, CacheBarriers Barriers, LoadLeases Loads)
{
    /// <summary>Ends the loads in some partitions that a barrier means: they began before it.</summary>
    public void EndLoads(NamedCache cache, CacheBarrier barrier, PartitionSet partitions)
    {
        if (!Loads.IsEmpty)
        {
            Loads.Revoke(lease => partitions.Contains(lease.Target.Partition) && lease.IsMeantBy(barrier, cache.Prefix));
        }
    }

    /// <summary>Drops what belongs to a partition that is no longer here.</summary>
    public void Drop(int partition)
    {
        Loads.Revoke(lease => lease.Target.Partition == partition);
        Barriers.Drop(partition);
    }
}
