namespace Armature.Caching;

/// <summary>What the cache on one silo keeps beside the entries.</summary>
internal sealed record CacheState(PartitionTable Partitions, CacheBarriers Barriers, LoadLeases Loads, LoadPauses Pauses, ChangeLog Changes)
{
    /// <summary>Ends the loads in some partitions that a barrier means: they began before it.</summary>
    public void EndLoads(NamedCache cache, CacheBarrier barrier, PartitionSet partitions)
    {
        if (!Loads.IsEmpty)
        {
            Loads.Revoke(lease => partitions.Contains(lease.Target.Partition) && lease.IsMeantBy(barrier, cache.Prefix));
        }
    }

    /// <summary>Ends the loads in a partition that leaves: who waits or loads asks again where it goes.</summary>
    public void EndLoads(int partition)
    {
        if (!Loads.IsEmpty)
        {
            Loads.Revoke(lease => lease.Target.Partition == partition);
        }
    }
}
