namespace Armature.Caching;

/// <summary>The entries of one cache that no barrier stops: those that are read.</summary>
/// <param name="Cache">The cache.</param>
/// <param name="Barriers">Its barriers by partition; null when there are none.</param>
internal readonly record struct LiveEntries(NamedCache Cache, PartitionBarriers[]? Barriers)
{
    /// <inheritdoc cref="CacheShard.TryPeek"/>
    public bool TryPeek(StoreKey key, long now, out CachedValue found) => Cache.Store.TryPeek(key, now, out found) && Passes(key, now, found);

    /// <inheritdoc cref="CacheShard.TryPeekKept"/>
    public bool TryPeekKept(StoreKey key, long now, out CachedValue found) => Cache.Store.TryPeekKept(key, now, out found) && Passes(key, now, found);

    /// <inheritdoc cref="CacheShard.TryExpire"/>
    public bool TryExpire(StoreKey key, Expiry expiry, long now) =>
        (Barriers is null || TryPeek(key, now, out _)) && Cache.Store.TryExpire(key, expiry, now);

    /// <inheritdoc cref="CacheShard.TryRemove(StoreKey, long)"/>
    public bool TryRemove(StoreKey key, long now)
    {
        var isThere = Barriers is null || TryPeek(key, now, out _);
        return Cache.Store.TryRemove(key, now) && isThere;
    }

    /// <summary>True when a barrier stops the entry.</summary>
    public bool Stops(StoreKey key, in CachedValue entry) =>
        Barriers is not null && Barriers[key.Partition].Stop(key.Bytes[Cache.Prefix.Length..], entry.Tags, entry.Version);

    /// <summary>True when no barrier stops an entry that was found; one that is stopped is removed.</summary>
    public bool Passes(StoreKey key, long now, in CachedValue found)
    {
        if (!Stops(key, found))
        {
            return true;
        }

        Cache.Store.TryRemove(key, found.Version, now);
        return false;
    }
}
