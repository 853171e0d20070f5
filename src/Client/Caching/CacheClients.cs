using Orleans.Serialization;

namespace Armature.Caching;

/// <summary>Makes the clients of caches. Thread-safe.</summary>
public sealed class CacheClients
{
    private readonly ICacheRoute _route;
    private readonly TimeProvider _time;
    private readonly JsonCacheSerializer _json = new();
    private readonly OrleansCacheSerializer _orleans;

    /// <summary>Creates it; done by the container.</summary>
    public CacheClients(ICacheRoute route, Serializer serializer, TimeProvider time)
    {
        _time = time;
        _route = route;
        _orleans = new(serializer);
    }

    /// <inheritdoc cref="ArmatureClient.Cache{T}(string, CacheFormat)"/>
    public CacheClient<T> Create<T>(string name, CacheFormat format) => new(name, _route, SerializerOf<T>(format), _time);

    /// <inheritdoc cref="ArmatureClient.Cache{T}(string, ICacheSerializer)"/>
    public CacheClient<T> Create<T>(string name, ICacheSerializer serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return new(name, _route, serializer, _time);
    }

    private ICacheSerializer SerializerOf<T>(CacheFormat format) => format switch
    {
        CacheFormat.Json => _json,
        CacheFormat.Orleans => _orleans,
        CacheFormat.Raw when RawCacheSerializer.CanWrite(typeof(T)) => RawCacheSerializer.Instance,
        CacheFormat.Raw => throw new ArgumentException($"A cache of raw bytes has values of ReadOnlyMemory<byte> or byte[], not {typeof(T).Name}. Choose one of those, or another format.", nameof(format)),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };
}
