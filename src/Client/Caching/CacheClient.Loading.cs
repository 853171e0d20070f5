using System.Runtime.CompilerServices;

namespace Armature.Caching;

// Values that are made when they are not there.
public sealed partial class CacheClient<T>
{
    private static readonly CacheLoadOptions NoOptions = new();

    /// <summary>
    /// Reads values, and makes those that are not there. Whoever asks first for a key makes its value, in the whole cluster; the others
    /// wait for it. When a caller goes away or dies, the next one makes what it was to make.
    /// </summary>
    /// <param name="keys">The keys.</param>
    /// <param name="factory">Makes values: called with all keys at once that nobody else makes, and again only for keys that somebody else gave up. It must not ask the cache for a key that it makes: it would wait for itself. What it leaves out fails with <see cref="CacheErrorCodes.ValueNotMade"/>; what it throws is the error of its keys.</param>
    /// <param name="options">When values expire that are made, their tags, and what happens when making them fails or takes long; null for the cache's defaults.</param>
    /// <param name="cancellationToken">Ends the wait, and the factory as long as the call waits for it; others go on.</param>
    /// <returns>For each key its value, one that has expired where the options allow it, or an error (<see cref="CacheErrorCodes"/>).</returns>
    /// <inheritdoc cref="GetManyAsync" path="/exception"/>
    [OverloadResolutionPriority(1)] // A factory that only throws could be either.
    public Task<IReadOnlyList<CacheEntry<T>>> GetOrCreateManyAsync(
        IReadOnlyList<string> keys,
        Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyDictionary<string, T>>> factory,
        CacheLoadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return GetOrCreateManyAsync(keys, MakeAsync, options, cancellationToken);

        async Task<IReadOnlyDictionary<string, CacheEntry<T>>> MakeAsync(IReadOnlyList<string> missing, CancellationToken token)
        {
            var made = await FactoryCall.RunAsync(factory, missing, token).ConfigureAwait(false);
            return made.ToDictionary(pair => pair.Key, pair => new CacheEntry<T>(pair.Value), StringComparer.Ordinal);
        }
    }

    /// <summary>Does the same with a factory that may give an error for a key.</summary>
    /// <inheritdoc cref="GetOrCreateManyAsync(IReadOnlyList{string}, Func{IReadOnlyList{string}, CancellationToken, Task{IReadOnlyDictionary{string, T}}}, CacheLoadOptions, CancellationToken)"/>
    public async Task<IReadOnlyList<CacheEntry<T>>> GetOrCreateManyAsync(
        IReadOnlyList<string> keys,
        CacheFactory<T> factory,
        CacheLoadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(factory);
        var places = new Dictionary<string, int>(keys.Count, StringComparer.Ordinal);
        foreach (var key in keys)
        {
            places.TryAdd(key ?? "", places.Count);
        }

        var given = options ?? NoOptions;
        if (given is { SoftTimeout: not null, StaleFor: null })
        {
            throw new ArgumentException($"{nameof(CacheLoadOptions.SoftTimeout)} is for values that have expired, and none are kept. Give {nameof(CacheLoadOptions.StaleFor)} too.", nameof(options));
        }

        var loads = new LoadCalls(Name, _route, given);
        var loader = new CacheLoader<T>(loads, new(given, _time), () => new(loads, (missing, token) => FactoryCall.RunAsync(factory.Invoke, missing, token), _serializer, _time), Read, _time);
        var made = await loader.RunAsync([.. places.Keys], cancellationToken).ConfigureAwait(false);
        return [.. keys.Select(key => made[places[key ?? ""]])];
    }

    /// <summary>Reads the value of one key, or makes it; see <see cref="GetOrCreateManyAsync(IReadOnlyList{string}, CacheFactory{T}, CacheLoadOptions, CancellationToken)"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="factory">Makes the value.</param>
    /// <param name="options">When it expires, its tags, and what happens when making it fails or takes long; null for the cache's defaults.</param>
    /// <param name="cancellationToken">Ends the wait, and the factory as long as the call waits for it; others go on.</param>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async Task<T> GetOrCreateAsync(
        string key,
        Func<CancellationToken, Task<T>> factory,
        CacheLoadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var made = await GetOrCreateManyAsync([key], MakeAsync, options, cancellationToken).ConfigureAwait(false);
        return made[0].Error is { } error ? throw new CacheKeyException(error) : made[0].Value;

        async Task<IReadOnlyDictionary<string, CacheEntry<T>>> MakeAsync(IReadOnlyList<string> missing, CancellationToken token) =>
            new Dictionary<string, CacheEntry<T>> { [missing[0]] = new(await factory(token).ConfigureAwait(false)) };
    }
}
