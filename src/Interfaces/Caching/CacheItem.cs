namespace Armature.Caching;

/// <summary>An entry to be written that has an expiry of its own.</summary>
/// <typeparam name="T">The cache's values.</typeparam>
/// <param name="Key">The key: 1 to 1,024 characters.</param>
/// <param name="Value">The value.</param>
/// <param name="Ttl">When it expires; null for that of the whole call.</param>
public readonly record struct CacheItem<T>(string Key, T Value, CacheExpiry? Ttl = null);
