using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Armature.Caching;

/// <summary>Makes the clients of caches. Thread-safe.</summary>
public sealed class CacheClients : IDisposable
{
    private readonly NearCaches _nearCaches;
    private readonly ICacheRoute _route;
    private readonly TimeProvider _time;
    private readonly JsonCacheSerializer _json = new();
    private readonly OrleansCacheSerializer _orleans;

    /// <summary>Creates it; done by the container.</summary>
    public CacheClients(ICacheRoute route, ICacheFeed feed, Serializer serializer, TimeProvider time, ILoggerFactory loggers)
    {
        _time = time;
        _nearCaches = new(feed, time, loggers.CreateLogger<ChangeFeed>());
        _route = _nearCaches.Watch(route);
        _orleans = new(serializer);
    }

    /// <inheritdoc cref="ArmatureClient.Cache{T}(string, CacheFormat, NearCacheOptions)"/>
    public CacheClient<T> Create<T>(string name, CacheFormat format, NearCacheOptions? near = null) => Create<T>(name, SerializerOf<T>(format), near);

    /// <inheritdoc cref="ArmatureClient.Cache{T}(string, ICacheSerializer, NearCacheOptions)"/>
    public CacheClient<T> Create<T>(string name, ICacheSerializer serializer, NearCacheOptions? near = null)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return new(name, _route, serializer, _time, near is null ? null : _nearCaches.Get(name, near));
    }

    /// <summary>Ends the near-caches.</summary>
    public void Dispose() => _nearCaches.Dispose();

    private ICacheSerializer SerializerOf<T>(CacheFormat format) => format switch
    {
        CacheFormat.Json => _json,
        CacheFormat.Orleans => _orleans,
        CacheFormat.Raw when RawCacheSerializer.CanWrite(typeof(T)) => RawCacheSerializer.Instance,
        CacheFormat.Raw => throw new ArgumentException($"A cache of raw bytes has values of ReadOnlyMemory<byte> or byte[], not {typeof(T).Name}. Choose one of those, or another format.", nameof(format)),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };
}
