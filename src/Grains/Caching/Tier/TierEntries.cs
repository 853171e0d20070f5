namespace Armature.Caching.Tier;

/// <summary>Entries of memory as entries of the tier, and back.</summary>
internal static class TierEntries
{
    /// <summary>An entry as it is in memory.</summary>
    public static TierEntry From(in ExportedEntry entry, TimeProvider time) => new(
        Epoch: 0,
        entry.Version,
        entry.Sliding > 0 ? CacheTime.Never : UtcAfter(entry.Remaining, time),
        entry.Sliding,
        entry.StaleSeconds,
        entry.Data.AsMemory(entry.KeyLength..^entry.TagsLength),
        entry.Tags);

    /// <summary>An entry that is written now.</summary>
    public static TierEntry From(ReadOnlyMemory<byte> value, PackedTags tags, long version, Expiry expiry, TimeProvider time)
    {
        var isSliding = expiry.Kind == ExpiryKind.Sliding;
        return new(Epoch: 0, version, isSliding ? CacheTime.Never : UtcAfter(expiry.Milliseconds, time), isSliding ? expiry.Milliseconds : 0, expiry.StaleSeconds, value, tags);
    }

    /// <summary>An entry of the tier as one of memory; one that has expired lives on for nothing.</summary>
    public static ExportedEntry ToMemory(byte[] key, in TierEntry entry, long milliseconds, TimeProvider time)
    {
        var data = new byte[key.Length + entry.Value.Length + entry.Tags.Length];
        key.CopyTo(data, 0);
        entry.Value.CopyTo(data.AsMemory(key.Length));
        entry.Tags.Bytes.CopyTo(data.AsMemory(key.Length + entry.Value.Length));

        // The tier's own time to live began a little after the write.
        var left = entry.ExpiresAt == CacheTime.Never ? milliseconds : Math.Min(milliseconds, entry.ExpiresAt - time.GetUtcNow().ToUnixTimeMilliseconds());
        return new(data, key.Length, entry.Tags.Length, entry.Version, left, entry.Sliding, entry.StaleSeconds, Uses: 0);
    }

    private static long UtcAfter(long milliseconds, TimeProvider time) => CacheTime.After(time.GetUtcNow().ToUnixTimeMilliseconds(), milliseconds);
}
