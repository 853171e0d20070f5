namespace Armature.Caching;

/// <summary>
/// One named cache, spread over all silos. A call with many keys is one round trip. Results are in the order of the keys and as many;
/// a key may come more than once; what is wrong with one key stands in its place and touches no other. Thread-safe; making one costs
/// nothing and calls nobody.
/// </summary>
/// <typeparam name="T">The values.</typeparam>
public sealed partial class CacheClient<T>
{
    private readonly ICacheRoute _route;
    private readonly ICacheSerializer _serializer;
    private readonly NearCache? _near;
    private readonly TimeProvider _time;

    // Found once: a generic method of an interface is looked up at every call.
    private readonly Func<ReadOnlyMemory<byte>, T> _deserialize;
    private readonly Func<CacheReply, int, CacheEntry<T>> _readEntry;
    private readonly bool _isRaw;

    internal CacheClient(string name, ICacheRoute route, ICacheSerializer serializer, TimeProvider? time = null, NearCache? near = null)
    {
        _time = time ?? TimeProvider.System;
        CacheText.ThrowIfNoName(name);
        Name = name;
        _route = route;
        _serializer = serializer;
        _near = near;
        _deserialize = serializer.Deserialize<T>;
        _readEntry = ReadEntry;
        _isRaw = typeof(T) == typeof(ReadOnlyMemory<byte>) && serializer is RawCacheSerializer;
    }

    /// <summary>The cache's name.</summary>
    public string Name { get; }

    /// <summary>Reads values. A read counts as a use, and moves a sliding expiry.</summary>
    /// <param name="keys">The keys: at most 1,000,000, each of 1 to 1,024 characters without control characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>For each key its value, nothing, or an error (<see cref="CacheErrorCodes"/>).</returns>
    /// <exception cref="ArgumentException">There are too many keys.</exception>
    /// <exception cref="CallUnansweredException">A silo that has some of the keys did not answer.</exception>
    public ValueTask<IReadOnlyList<CacheEntry<T>>> GetManyAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken = default) =>
        _near is null ? GetFarAsync(keys, cancellationToken) : GetNearAsync(_near, keys, cancellationToken);

    /// <summary>Writes values, over those that are there. Of a key that comes more than once the last value stays.</summary>
    /// <param name="entries">Keys and values; a dictionary is one. At most 1,000,000.</param>
    /// <param name="options">When they expire; null for the cache's defaults.</param>
    /// <param name="cancellationToken">Ends the wait; what was under way may be written.</param>
    /// <returns>For each entry null, or its error.</returns>
    /// <inheritdoc cref="GetManyAsync" path="/exception"/>
    public ValueTask<CacheSetResult> SetManyAsync(
        IReadOnlyCollection<KeyValuePair<string, T>> entries,
        CacheSetOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var batch = new SetBatch<T>(_serializer, entries.Count);
        foreach (var (key, value) in entries)
        {
            batch.Add(key, value);
        }

        return SetAsync(batch, options, cancellationToken);
    }

    /// <summary>Writes values that have an expiry each.</summary>
    /// <param name="items">Keys, values and expiries. At most 1,000,000.</param>
    /// <param name="options">When those expire that do not say; null for the cache's defaults.</param>
    /// <param name="cancellationToken">Ends the wait; what was under way may be written.</param>
    /// <returns>For each entry null, or its error.</returns>
    /// <inheritdoc cref="GetManyAsync" path="/exception"/>
    public ValueTask<CacheSetResult> SetManyAsync(
        IReadOnlyCollection<CacheItem<T>> items,
        CacheSetOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var batch = new SetBatch<T>(_serializer, items.Count);
        foreach (var item in items)
        {
            batch.Add(item, options?.Ttl);
        }

        return SetAsync(batch, options, cancellationToken);
    }

    /// <summary>Removes entries.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Ends the wait; what was under way may be removed.</param>
    /// <returns>For each key whether there was an entry. A call from outside that had to be repeated because a silo died may not find what it had removed.</returns>
    /// <inheritdoc cref="GetManyAsync" path="/exception"/>
    public ValueTask<IReadOnlyList<CacheKeyStatus>> DeleteManyAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken = default) =>
        AskAsync(keys, CacheOperation.Delete, null, ReadStatus, FailStatus, cancellationToken);

    /// <summary>Says which keys have an entry. Does not count as a use.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>For each key whether there is an entry.</returns>
    /// <inheritdoc cref="GetManyAsync" path="/exception"/>
    public ValueTask<IReadOnlyList<CacheKeyStatus>> ExistsManyAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken = default) =>
        AskAsync(keys, CacheOperation.Exists, null, ReadStatus, FailStatus, cancellationToken);

    /// <summary>Says how long entries live on. Does not count as a use.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>For each key what is left of its entry's life.</returns>
    /// <inheritdoc cref="GetManyAsync" path="/exception"/>
    public ValueTask<IReadOnlyList<CacheTtl>> TtlManyAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken = default) =>
        AskAsync(keys, CacheOperation.Ttl, null, ReadTtl, static error => new CacheTtl(false, Error: error), cancellationToken);

    /// <summary>Gives entries another expiry, which begins now.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="ttl">When they expire.</param>
    /// <param name="cancellationToken">Ends the wait; what was under way may be done.</param>
    /// <returns>For each key whether there was an entry.</returns>
    /// <inheritdoc cref="GetManyAsync" path="/exception"/>
    public ValueTask<IReadOnlyList<CacheKeyStatus>> ExpireManyAsync(IReadOnlyList<string> keys, CacheExpiry ttl, CancellationToken cancellationToken = default) =>
        AskAsync(keys, CacheOperation.Expire, [ttl], ReadStatus, FailStatus, cancellationToken);

    private async ValueTask<IReadOnlyList<CacheEntry<T>>> GetFarAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var batch = KeyBatch.Pack(keys);
        var call = CallAsync(batch, new() { Cache = Name, Operation = CacheOperation.Get, Keys = batch.Keys }, cancellationToken);
        if (call.IsCompletedSuccessfully)
        {
            // Answered in this process, and no message that has the keys is on its way.
            batch.Return();
        }

        var reply = await call.ConfigureAwait(false);
        return _isRaw
            ? (IReadOnlyList<CacheEntry<T>>)batch.SpreadRaw(reply)
            : batch.Spread(reply, _readEntry, static error => new CacheEntry<T>(error));
    }

    private async ValueTask<CacheSetResult> SetAsync(SetBatch<T> batch, CacheSetOptions? options, CancellationToken cancellationToken)
    {
        var (request, keys) = batch.Pack(Name, options);
        var reply = await CallAsync(keys, request, cancellationToken).ConfigureAwait(false);
        return new(keys.Spread(reply, static (_, _) => (ItemError?)null, static error => error));
    }

    private async ValueTask<IReadOnlyList<TResult>> AskAsync<TResult>(
        IReadOnlyList<string> keys,
        CacheOperation operation,
        CacheExpiry[]? expiries,
        Func<CacheReply, int, TResult> read,
        Func<ItemError, TResult> fail,
        CancellationToken cancellationToken)
    {
        var batch = KeyBatch.Pack(keys);
        var request = new CacheRequest { Cache = Name, Operation = operation, Keys = batch.Keys, Expiries = expiries };
        return batch.Spread(await CallAsync(batch, request, cancellationToken).ConfigureAwait(false), read, fail);
    }

    private ValueTask<CacheReply> CallAsync(KeyBatch batch, CacheRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return batch.Keys.Count == 0 ? new(KeyBatch.NoReply) : _route.CallAsync(request, cancellationToken);
    }

    private CacheEntry<T> ReadEntry(CacheReply reply, int i) => reply.Outcomes[i] == CacheOutcome.Done ? Read(reply.Values![i]) : default;

    private CacheEntry<T> Read(ReadOnlyMemory<byte> value)
    {
        try
        {
            return new(_deserialize(value));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(SerializerErrors.Unreadable<T>(exception));
        }
    }

    private static CacheKeyStatus ReadStatus(CacheReply reply, int i) => new(reply.Outcomes[i] == CacheOutcome.Done);

    private static CacheKeyStatus FailStatus(ItemError error) => new(false, error);

    private static CacheTtl ReadTtl(CacheReply reply, int i) => reply.Outcomes[i] == CacheOutcome.Done
        ? new(true, reply.Ttls![i] == long.MaxValue ? null : TimeSpan.FromMilliseconds(reply.Ttls[i]))
        : default;
}
