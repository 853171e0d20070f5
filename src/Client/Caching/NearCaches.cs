using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Armature.Caching;

/// <summary>The near-caches of this process, which hear together of what was changed. Thread-safe.</summary>
internal sealed class NearCaches : IDisposable
{
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;
    private readonly NearCacheInstruments _instruments;
    private readonly ConcurrentDictionary<(string Cache, NearCacheOptions Options), NearCache> _caches = new();

    public NearCaches(ICacheFeed source, TimeProvider time, ILogger<ChangeFeed> logger)
    {
        (_feed, _time) = (new(source, time, logger), time);
        _instruments = new(() => _caches.Values.Sum(cache => (long)cache.Count));
    }

    /// <summary>The one of a cache that is kept like this.</summary>
    public NearCache Get(string cache, NearCacheOptions options) =>
        _caches.GetOrAdd((cache, options), static (key, self) => new(new(key.Cache), key.Options, self._feed, self._time), this);

    /// <summary>A route that lets the near-caches know at once what goes over it.</summary>
    public ICacheRoute Watch(ICacheRoute route) => new WatchedRoute(route, _feed);

    public void Dispose()
    {
        _instruments.Dispose();
        _feed.Dispose();
    }
}
