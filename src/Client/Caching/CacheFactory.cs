namespace Armature.Caching;

/// <summary>Makes the values of keys that a cache does not have.</summary>
/// <typeparam name="T">The values.</typeparam>
/// <param name="keys">The keys, each once.</param>
/// <param name="cancellationToken">Ends it: its caller has gone away.</param>
/// <returns>A value for each key, or an error for a key that cannot be had. A key without either fails with <see cref="CacheErrorCodes.ValueNotMade"/>.</returns>
public delegate Task<IReadOnlyDictionary<string, CacheEntry<T>>> CacheFactory<T>(IReadOnlyList<string> keys, CancellationToken cancellationToken);
