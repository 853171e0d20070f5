using System.Collections.Concurrent;
using System.Text;
using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Caching;

/// <summary>The caches of this silo. Those with <see cref="NamedCacheOptions.MaxBytes"/> have a store of their own, all others share one.</summary>
internal sealed class NamedCaches
{
    // Caches that are used, with those of the options. Beyond that they work all the same, and are not counted.
    private const int MaxTracked = 1_000;

    private readonly CachingOptions _options;
    private readonly CacheStore _shared;
    private readonly ConcurrentDictionary<string, NamedCache> _known;
    private readonly Lock _adding = new();

    public NamedCaches(IOptions<ArmatureOptions> options, ChangeLog changes, TimeProvider time)
    {
        _options = options.Value.Caching;
        _shared = new(_options.MaxBytes, time, changes);
        _known = new(
            _options.Caches.Select((cache, place) => KeyValuePair.Create(
                cache.Key,
                Make(cache.Key, place < MaxTracked ? place + 1 : 0, cache.Value, cache.Value.MaxBytes is { } own ? new(own, time, changes) : _shared))),
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

    /// <summary>What each cache holds, by name.</summary>
    public IEnumerable<NamedCacheStatistics> ByName =>
        _known.OrderBy(cache => cache.Key, StringComparer.Ordinal).Take(MaxTracked).Select(cache => cache.Value.Statistics);

    public NamedCache Find(string name)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        lock (_adding)
        {
            return _known.Count < MaxTracked ? _known.GetOrAdd(name, added => Make(added, _known.Count + 1, new(), _shared)) : Make(name, 0, new(), _shared);
        }
    }

    /// <summary>The cache that a store's key belongs to, by the name that it begins with.</summary>
    public NamedCache Of(ReadOnlySpan<byte> storeKey) => Find(Encoding.UTF8.GetString(storeKey[..storeKey.IndexOf((byte)0)]));

    private NamedCache Make(string name, int number, NamedCacheOptions own, CacheStore store) =>
        new(name, number, store, own.MaxValueBytes ?? _options.MaxValueBytes, own.DefaultTtl ?? _options.DefaultTtl);
}
