namespace Armature.Caching;

/// <summary>The barriers of one partition as they stood at one time, of every cache by what its keys begin with.</summary>
internal sealed class FrozenBarriers(IReadOnlyDictionary<byte[], CacheBarrier[]> caches)
{
    public bool Stop(in ExportedEntry entry)
    {
        if (caches.Count == 0)
        {
            return false;
        }

        var prefix = StoreKey.PrefixOf(entry.Key);
        return caches.TryGetValue(prefix.ToArray(), out var barriers)
            && PartitionBarriers.Stop(barriers, entry.Key[prefix.Length..], entry.Tags, entry.Version);
    }
}
