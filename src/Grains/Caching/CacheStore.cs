using System.IO.Hashing;
using System.Numerics;

namespace Armature.Caching;

/// <summary>The entries of one cache on one silo, bounded in bytes. Keys and values are bytes. Thread-safe.</summary>
internal sealed class CacheStore
{
    /// <summary>Parts with a lock of their own, that threads need not wait for one another; each holds as much as any other.</summary>
    private const int MaxShards = 16;

    /// <summary>A part that is smaller could not hold a few of the largest values, and would not tell what is asked for often.</summary>
    private const long LeastShardBytes = 4 << 20;

    private readonly CacheShard[] _shards;
    private readonly TimeProvider _time;
    private readonly long _start;

    /// <summary>Creates an empty store.</summary>
    /// <param name="maxBytes">What keys, values and their overhead may come to.</param>
    /// <param name="time">The clock of expiries.</param>
    public CacheStore(long maxBytes, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        _time = time;
        _start = time.GetTimestamp();
        var count = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(maxBytes / LeastShardBytes / 2, 1, MaxShards));
        _shards = [.. Enumerable.Range(0, count).Select(_ => new CacheShard(maxBytes / count, Now))];
    }

    public CacheStatistics Statistics => _shards.Aggregate(default(CacheStatistics), (sum, shard) => sum + shard.Statistics);

    private long Now => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <inheritdoc cref="CacheShard.TryGet"/>
    public bool TryGet(ReadOnlySpan<byte> key, out CachedValue found)
    {
        var hash = XxHash3.HashToUInt64(key);
        return ShardOf(hash).TryGet(hash, key, Now, out found);
    }

    /// <inheritdoc cref="CacheShard.TryPeek"/>
    public bool TryPeek(ReadOnlySpan<byte> key, out CachedValue found)
    {
        var hash = XxHash3.HashToUInt64(key);
        return ShardOf(hash).TryPeek(hash, key, Now, out found);
    }

    /// <inheritdoc cref="CacheShard.Set"/>
    public void Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long version, Expiry expiry, PackedTags tags = default)
    {
        var hash = XxHash3.HashToUInt64(key);
        ShardOf(hash).Set(hash, key, value, tags, version, expiry, Now);
    }

    /// <inheritdoc cref="CacheShard.TryExpire"/>
    public bool TryExpire(ReadOnlySpan<byte> key, Expiry expiry)
    {
        var hash = XxHash3.HashToUInt64(key);
        return ShardOf(hash).TryExpire(hash, key, expiry, Now);
    }

    /// <inheritdoc cref="CacheShard.TryRemove(ulong, ReadOnlySpan{byte}, long)"/>
    public bool TryRemove(ReadOnlySpan<byte> key)
    {
        var hash = XxHash3.HashToUInt64(key);
        return ShardOf(hash).TryRemove(hash, key, Now);
    }

    /// <inheritdoc cref="CacheShard.TryRemove(ulong, ReadOnlySpan{byte}, long, long)"/>
    public bool TryRemove(ReadOnlySpan<byte> key, long version)
    {
        var hash = XxHash3.HashToUInt64(key);
        return ShardOf(hash).TryRemove(hash, key, version, Now);
    }

    /// <inheritdoc cref="CacheShard.RemoveExpired"/>
    public void RemoveExpired()
    {
        var now = Now;
        Array.ForEach(_shards, shard => shard.RemoveExpired(now));
    }

    private CacheShard ShardOf(ulong hash) => _shards[(int)hash & (_shards.Length - 1)];
}
