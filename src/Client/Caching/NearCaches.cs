using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Armature.Caching;

/// <summary>The near-caches of this process, which hear together of what was changed. Thread-safe.</summary>
internal sealed class NearCaches(ICacheFeed source, TimeProvider time, ILogger<ChangeFeed> logger) : IDisposable
{
    private readonly ChangeFeed _feed = new(source, time, logger);
    private readonly TimeProvider _time = time;
    private readonly ConcurrentDictionary<(string Cache, NearCacheOptions Options), NearCache> _caches = new();

    /// <summary>The one of a cache that is kept like this.</summary>
    public NearCache Get(string cache, NearCacheOptions options) =>
        _caches.GetOrAdd((cache, options), static (key, self) => new(new(key.Cache), key.Options, self._feed, self._time), this);

    /// <summary>A route that lets the near-caches know at once what goes over it.</summary>
    public ICacheRoute Watch(ICacheRoute route) => new WatchedRoute(route, _feed);

    public void Dispose() => _feed.Dispose();
}
