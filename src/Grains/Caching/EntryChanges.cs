using Armature.Caching.Tier;

namespace Armature.Caching;

/// <summary>Changes of the entries of one cache: in memory alone, or in memory and in what lies behind it. A load of a key that began before its change does not end after it: its value is older.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Loads">The loads of the silo.</param>
/// <param name="Tier">The request's part of the tier; null where nothing lies behind the cache.</param>
internal readonly record struct EntryChanges(LiveEntries Entries, LoadLeases Loads, TierCall? Tier)
{
    /// <inheritdoc cref="CacheStore.Set"/>
    public long Set(StoreKey key, ReadOnlyMemory<byte> value, PackedTags tags, ref long versions, Expiry expiry, long now)
    {
        var mark = Loads.Mark;
        var version = mark == LoadLeases.Busy ? 0 : Write(key, value, tags, ref versions, expiry, now);
        if (mark != LoadLeases.Busy && mark == Loads.Mark)
        {
            return version;
        }

        using var held = Loads.Hold(key.Bytes);
        return Write(key, value, tags, ref versions, expiry, now);
    }

    /// <inheritdoc cref="LiveEntries.TryRemove"/>
    public bool TryRemove(StoreKey key, long now)
    {
        var mark = Loads.Mark;
        var isRemoved = mark != LoadLeases.Busy && Remove(key, now);
        if (mark != LoadLeases.Busy && mark == Loads.Mark)
        {
            return isRemoved;
        }

        using var held = Loads.Hold(key.Bytes);
        return Remove(key, now) || isRemoved;
    }

    /// <inheritdoc cref="LiveEntries.TryExpire"/>
    public bool TryExpire(StoreKey key, Expiry expiry, long now) => Tier?.TryExpire(Entries, key, expiry, now) ?? Entries.TryExpire(key, expiry, now);

    private long Write(StoreKey key, ReadOnlyMemory<byte> value, PackedTags tags, ref long versions, Expiry expiry, long now) =>
        Tier?.Set(key, value, tags, ref versions, expiry, now) ?? Entries.Cache.Store.Set(Entries.Cache.Number, key, value.Span, tags, ref versions, expiry, now);

    private bool Remove(StoreKey key, long now) => Tier?.TryRemove(Entries, key, now) ?? Entries.TryRemove(key, now);
}
