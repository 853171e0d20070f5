namespace Armature.Caching;

/// <summary>Entries that are to be written in one call. Used once.</summary>
internal sealed class SetBatch<T>(ICacheSerializer serializer, int capacity)
{
    private readonly List<string> _keys = new(capacity);
    private readonly List<ReadOnlyMemory<byte>> _values = new(capacity);
    private List<CacheExpiry>? _expiries;
    private Dictionary<int, ItemError>? _failed;

    public void Add(string key, T value)
    {
        _keys.Add(key);
        _values.Add(Write(value));
    }

    public void Add(CacheItem<T> item, CacheExpiry? common)
    {
        Add(item.Key, item.Value);
        (_expiries ??= new(capacity)).Add(item.Ttl ?? common ?? default);
    }

    /// <summary>The request, and the way back from its answer.</summary>
    /// <param name="cache">The cache's name.</param>
    /// <param name="options">What holds for all entries.</param>
    /// <exception cref="ArgumentException">The tags are not allowed.</exception>
    public (CacheRequest Request, KeyBatch Keys) Pack(string cache, CacheSetOptions? options)
    {
        var common = options?.Ttl;
        var tags = TagText.ToArray(options);
        var keys = KeyBatch.Pack(_keys, _failed);
        return (
            new()
            {
                Cache = cache,
                Operation = CacheOperation.Set,
                Keys = keys.Keys,
                Values = new(keys.Select(_values)),
                Tags = tags,
                Expiries = _expiries is not null ? keys.Select(_expiries) : common is { } expiry ? [expiry] : null,
            },
            keys);
    }

    private ReadOnlyMemory<byte> Write(T value)
    {
        try
        {
            return serializer.Serialize(value);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            (_failed ??= []).Add(_keys.Count - 1, SerializerErrors.Unwritable<T>(exception));
            return default;
        }
    }
}
