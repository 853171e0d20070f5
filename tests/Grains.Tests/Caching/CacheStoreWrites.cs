namespace Armature.Caching;

internal static class CacheStoreWrites
{
    /// <summary>Writes an entry with a version of the test's choice.</summary>
    public static void Restore(this CacheStore store, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long version, Expiry expiry, long now, PackedTags tags = default)
    {
        var before = version - 1;
        store.Set(cache: 0, key, value, tags, ref before, expiry, now);
    }
}
