using System.Numerics;

namespace Armature.Caching;

/// <summary>The entries of one cache on one silo, bounded in bytes. Keys and values are bytes. Thread-safe.</summary>
internal sealed class CacheStore
{
    /// <summary>Parts with a lock of their own, that threads need not wait for one another; each holds as much as any other.</summary>
    public const int MaxShards = 16;

    /// <summary>A part that is smaller could not hold a few of the largest values, and would not tell what is asked for often.</summary>
    private const long LeastShardBytes = 4 << 20;

    /// <summary>Slots that are looked at before others get at the shard.</summary>
    private const int SlotsInOneGo = 128;

    private readonly CacheShard[] _shards;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ChangeLog? _changes;

    /// <summary>Creates an empty store.</summary>
    /// <param name="maxBytes">What keys, values and their overhead may come to.</param>
    /// <param name="time">The clock of expiries.</param>
    /// <param name="changes">Is told of what is written, deleted or given another expiry.</param>
    public CacheStore(long maxBytes, TimeProvider time, ChangeLog? changes = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        _time = time;
        _changes = changes;
        _start = time.GetTimestamp();
        var count = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(maxBytes / LeastShardBytes / 2, 1, MaxShards));
        _shards = [.. Enumerable.Range(0, count).Select(_ => new CacheShard(maxBytes / count, Now))];
    }

    public CacheStatistics Statistics => _shards.Aggregate(default(CacheStatistics), (sum, shard) => sum + shard.Statistics);

    /// <summary>What is counted of a cache, by its number.</summary>
    public CacheTally TallyOf(int cache) => _shards.Aggregate(default(CacheTally), (sum, shard) => sum + shard.TallyOf(cache));

    /// <summary>The time on the cache's clock, which calls are given: read once for many.</summary>
    public long Now => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <inheritdoc cref="CacheShard.TryGet"/>
    public bool TryGet(StoreKey key, long now, out CachedValue found) => ShardOf(key).TryGet(key, now, out found);

    /// <summary>Reads entries, which count as used: those of a shard together, so that its lock is taken once.</summary>
    /// <param name="keys">What to read.</param>
    /// <param name="now">The time.</param>
    /// <param name="found">For each the entry; <c>default</c>, whose version no entry has, where there is none.</param>
    public void Get(KeyReads keys, long now, Span<CachedValue> found)
    {
        var ends = keys.Group(_shards.Length);
        for (var (shard, start) = (0, 0); shard < _shards.Length; start = ends[shard++])
        {
            if (start < ends[shard])
            {
                _shards[shard].Get(keys, keys.Grouped[start..ends[shard]], now, found);
            }
        }
    }

    /// <summary>The same, and gives the values at once.</summary>
    /// <param name="keys">What to read; what is to be known besides the value goes there.</param>
    /// <param name="now">The time.</param>
    /// <param name="answer">What the values are given to.</param>
    public void Give(KeyReads keys, long now, CacheAnswer answer)
    {
        var ends = keys.Group(_shards.Length);
        for (var (shard, start) = (0, 0); shard < _shards.Length; start = ends[shard++])
        {
            if (start < ends[shard])
            {
                _shards[shard].Give(keys, keys.Grouped[start..ends[shard]], now, answer);
            }
        }
    }

    /// <inheritdoc cref="CacheShard.TryPeek"/>
    public bool TryPeek(StoreKey key, long now, out CachedValue found) => ShardOf(key).TryPeek(key, now, out found);

    /// <inheritdoc cref="CacheShard.TryPeekKept"/>
    public bool TryPeekKept(StoreKey key, long now, out CachedValue found) => ShardOf(key).TryPeekKept(key, now, out found);

    /// <inheritdoc cref="CacheShard.Set"/>
    public long Set(int cache, StoreKey key, ReadOnlySpan<byte> value, PackedTags tags, ref long versions, Expiry expiry, long now)
    {
        var version = ShardOf(key).Set(cache, key, value, tags, ref versions, expiry, now);
        _changes?.Add(key.Hash);
        return version;
    }

    /// <inheritdoc cref="CacheShard.Restore"/>
    public void Restore(int cache, StoreKey key, ExportedEntry entry, long now) => ShardOf(key).Restore(cache, key, entry, now);

    /// <summary>The entries of a partition, those first that are asked for most.</summary>
    public List<ExportedEntry> Export(int partition)
    {
        var exported = new List<ExportedEntry>();
        var now = Now;
        Array.ForEach(_shards, shard => shard.Export(partition, now, exported));
        exported.Sort(static (one, other) => other.Uses.CompareTo(one.Uses));
        return exported;
    }

    /// <inheritdoc cref="CacheShard.TryExport"/>
    public bool TryExport(StoreKey key, long now, out ExportedEntry exported) => ShardOf(key).TryExport(key, now, out exported);

    /// <inheritdoc cref="CacheShard.TryExpire"/>
    public bool TryExpire(StoreKey key, Expiry expiry, long now) => Tell(key, ShardOf(key).TryExpire(key, expiry, now));

    /// <inheritdoc cref="CacheShard.TryRemove(StoreKey, long)"/>
    public bool TryRemove(StoreKey key, long now) => Tell(key, ShardOf(key).TryRemove(key, now));

    /// <inheritdoc cref="CacheShard.Drop"/>
    public void Drop(int partition) => Array.ForEach(_shards, shard => shard.Drop(partition));

    /// <inheritdoc cref="CacheShard.TryRemove(StoreKey, long, long)"/>
    public bool TryRemove(StoreKey key, long version, long now) => ShardOf(key).TryRemove(key, version, now);

    /// <summary>Shows all entries that live, and those that have expired and are kept. Those that come or go meanwhile may be shown or not.</summary>
    public void Visit(EntryVisitor visitor)
    {
        foreach (var shard in _shards)
        {
            var slot = 0;
            while (shard.Visit(ref slot, SlotsInOneGo, Now, visitor))
            {
            }
        }
    }

    /// <inheritdoc cref="CacheShard.RemoveExpired"/>
    public void RemoveExpired()
    {
        var now = Now;
        Array.ForEach(_shards, shard => shard.RemoveExpired(now));
    }

    private bool Tell(StoreKey key, bool isChanged)
    {
        if (isChanged)
        {
            _changes?.Add(key.Hash);
        }

        return isChanged;
    }

    private CacheShard ShardOf(StoreKey key) => _shards[ShardOf(key.Hash, _shards.Length)];

    /// <summary>The shard of a hash, of so many.</summary>
    public static int ShardOf(ulong hash, int shards) => (int)hash & (shards - 1);
}
