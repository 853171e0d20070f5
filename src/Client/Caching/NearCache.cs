using BitFaster.Caching.Lru;

namespace Armature.Caching;

/// <summary>Copies of one cache's entries in this process, bounded by their number. Thread-safe.</summary>
internal sealed class NearCache(KeyHashes hashes, NearCacheOptions options, ChangeFeed feed, TimeProvider time)
{
    // The least that it takes.
    private const int LeastCapacity = 3;

    private readonly FastConcurrentLru<string, NearEntry> _copies = new(Math.Max(LeastCapacity, options.MaxEntries));
    private readonly long _maxAge = (long)(options.MaxAge.TotalSeconds * time.TimestampFrequency);

    /// <summary>How many copies there are.</summary>
    public int Count => _copies.Count;

    /// <summary>The copies as they may be used now, by one call.</summary>
    public Copies Look() => new(this, feed.IsFresh(options.MaxStaleness), time.GetTimestamp());

    /// <summary>To be called before the cluster is asked for what is to be kept.</summary>
    public Keeping BeginKeeping() => new(this, feed.Round, time.GetTimestamp());

    private bool TryGet(string key, long now, out ReadOnlyMemory<byte> value)
    {
        if (_copies.TryGet(key, out var copy) && copy.GoodUntil > now && feed.IsGood(copy.Hash, copy.Round))
        {
            value = copy.Value;
            return true;
        }

        value = default;
        return false;
    }

    private void Keep(string key, ReadOnlySpan<byte> packed, ReadOnlyMemory<byte> value, long ttl, int round, long askedAt)
    {
        if (round == 0 || value.Length > options.MaxValueBytes)
        {
            return;
        }

        // Half of its life, so that the cluster hears in time that a sliding one is in use.
        var age = Math.Min(_maxAge, ttl / 2.0 / TimeSpan.MillisecondsPerSecond * time.TimestampFrequency);

        // What came with others lies in one buffer with them, and would keep all of it.
        _copies.AddOrUpdate(key, new(value.ToArray(), hashes.Of(packed), round, askedAt + (long)age));
    }

    /// <summary>What one call may use.</summary>
    public readonly struct Copies(NearCache cache, bool isUsable, long now)
    {
        /// <summary>A copy that is right still.</summary>
        public bool TryGet(string? key, out ReadOnlyMemory<byte> value)
        {
            if (isUsable && key is not null)
            {
                return cache.TryGet(key, now, out value);
            }

            value = default;
            return false;
        }
    }

    /// <summary>What one call read.</summary>
    public readonly struct Keeping(NearCache cache, int round, long askedAt)
    {
        /// <summary>Keeps a copy.</summary>
        /// <param name="key">The key.</param>
        /// <param name="packed">The same in UTF-8.</param>
        /// <param name="value">The value.</param>
        /// <param name="ttl">Milliseconds that the entry lives on.</param>
        public void Keep(string key, ReadOnlySpan<byte> packed, ReadOnlyMemory<byte> value, long ttl) =>
            cache.Keep(key, packed, value, ttl, round, askedAt);
    }
}
