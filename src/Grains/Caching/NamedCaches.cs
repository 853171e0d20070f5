using System.Text;
using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Caching;

/// <summary>The caches of this silo. Those with <see cref="NamedCacheOptions.MaxBytes"/> have a store of their own, all others share one.</summary>
internal sealed class NamedCaches
{
    private readonly CachingOptions _options;
    private readonly CacheStore _shared;
    private readonly Dictionary<string, NamedCache> _configured;

    public NamedCaches(IOptions<ArmatureOptions> options, TimeProvider time)
    {
        _options = options.Value.Caching;
        _shared = new(_options.MaxBytes, time);
        _configured = _options.Caches.ToDictionary(
            cache => cache.Key,
            cache => Make(cache.Key, cache.Value, cache.Value.MaxBytes is { } own ? new(own, time) : _shared),
            StringComparer.Ordinal);
        Stores = [_shared, .. _configured.Values.Select(cache => cache.Store).Where(store => store != _shared)];
    }

    /// <summary>All stores.</summary>
    public IReadOnlyList<CacheStore> Stores { get; }

    public NamedCache Find(string name) =>
        _configured.TryGetValue(name, out var cache) ? cache : new(name, _shared, _options.MaxValueBytes, _options.DefaultTtl);

    /// <summary>The store that a key belongs into, by the cache's name that it begins with.</summary>
    public CacheStore StoreOf(ReadOnlySpan<byte> storeKey) =>
        Stores.Count == 1 ? _shared : Find(Encoding.UTF8.GetString(storeKey[..storeKey.IndexOf((byte)0)])).Store;

    private NamedCache Make(string name, NamedCacheOptions own, CacheStore store) =>
        new(name, store, own.MaxValueBytes ?? _options.MaxValueBytes, own.DefaultTtl ?? _options.DefaultTtl);
}
