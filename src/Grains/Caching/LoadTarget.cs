namespace Armature.Caching;

/// <inheritdoc/>
internal sealed class LoadTarget(NamedCache cache, int partition, CacheBarriers barriers, PartitionTable partitions) : ILoadTarget
{
    public byte[] Prefix => cache.Prefix;

    public int Partition => partition;

    public bool TryRead(ReadOnlySpan<byte> key, out CachedValue found) =>
        new LiveEntries(cache, barriers.Find(cache.Prefix)).TryPeek(new(key), cache.Store.Now, out found);

    public long NextVersion() => Interlocked.Increment(ref partitions.VersionOf(partition));
}
