namespace Armature.Caching;

/// <summary>An entry as it was read. Its bytes never change, also after the entry is gone.</summary>
/// <param name="Value">The value.</param>
/// <param name="Version">The number that the value was written with.</param>
/// <param name="ExpiresAt">On the cache's clock; <see cref="CacheTime.Never"/> for an entry that does not expire.</param>
internal readonly record struct CachedValue(ReadOnlyMemory<byte> Value, long Version, long ExpiresAt);
