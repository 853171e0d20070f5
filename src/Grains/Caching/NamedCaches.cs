using System.Collections.Concurrent;
using System.Text;
using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Caching;

/// <summary>The caches of this silo. Those with <see cref="NamedCacheOptions.MaxBytes"/> have a store of their own, all others share one.</summary>
internal sealed class NamedCaches
{
    // Caches that were used, beside those of the options. Beyond that they work all the same, and are not counted.
    private const int MaxTracked = 1_000;

    private readonly CachingOptions _options;
    private readonly CacheStore _shared;
    private readonly ConcurrentDictionary<string, NamedCache> _known;

    public NamedCaches(IOptions<ArmatureOptions> options, ChangeLog changes, TimeProvider time)
    {
        _options = options.Value.Caching;
        _shared = new(_options.MaxBytes, time, changes);
        _known = new(
            _options.Caches.Select(cache => KeyValuePair.Create(
                cache.Key,
                Make(cache.Key, cache.Value, cache.Value.MaxBytes is { } own ? new(own, time, changes) : _shared))),
            StringComparer.Ordinal);
        Stores = [_shared, .. _known.Values.Select(cache => cache.Store).Where(store => store != _shared)];
        MaxBytes = _options.MaxBytes + _options.Caches.Values.Sum(cache => cache.MaxBytes ?? 0);
    }

    /// <summary>All stores.</summary>
    public IReadOnlyList<CacheStore> Stores { get; }

    /// <summary>What all stores may hold together.</summary>
    public long MaxBytes { get; }

    /// <summary>What all stores hold together.</summary>
    public CacheStatistics Statistics => Stores.Aggregate(default(CacheStatistics), (sum, store) => sum + store.Statistics);

    /// <summary>What was read of each cache.</summary>
    public IEnumerable<CacheReads> Reads => _known.OrderBy(cache => cache.Key, StringComparer.Ordinal).Take(MaxTracked).Select(cache => cache.Value.Reads);

    public NamedCache Find(string name)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        var cache = Make(name, new(), _shared);
        return _known.Count < MaxTracked ? _known.GetOrAdd(name, cache) : cache;
    }

    /// <summary>The store that a key belongs into, by the cache's name that it begins with.</summary>
    public CacheStore StoreOf(ReadOnlySpan<byte> storeKey) =>
        Stores.Count == 1 ? _shared : Find(Encoding.UTF8.GetString(storeKey[..storeKey.IndexOf((byte)0)])).Store;

    private NamedCache Make(string name, NamedCacheOptions own, CacheStore store) =>
        new(name, store, own.MaxValueBytes ?? _options.MaxValueBytes, own.DefaultTtl ?? _options.DefaultTtl);
}
