namespace Armature.Caching;

/// <inheritdoc/>
internal sealed class LoadTarget(NamedCache cache, int partition, CacheState state, StaleUse stale) : ILoadTarget
{
    public byte[] Prefix => cache.Prefix;

    public int Partition => partition;

    public bool TryRead(ReadOnlySpan<byte> key, out CachedValue found) => stale == StaleUse.None
        ? Entries.TryPeek(new(key), cache.Store.Now, out found)
        : TryReadKept(new(key), out found) && (!found.IsStale || state.Pauses.Contains(key, found.Version));

    /// <summary>Reads an entry, also one that has expired and is kept.</summary>
    public bool TryReadKept(StoreKey key, out CachedValue found) => Entries.TryPeekKept(key, cache.Store.Now, out found);

    public long NextVersion() => Interlocked.Increment(ref state.Partitions.VersionOf(partition));

    private LiveEntries Entries => new(cache, state.Barriers.Find(cache.Prefix));
}
