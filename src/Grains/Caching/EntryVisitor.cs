namespace Armature.Caching;

/// <summary>Looks at an entry of a <see cref="CacheStore"/>, inside its lock. The key is the store's.</summary>
/// <returns>True when the entry is to be removed.</returns>
internal delegate bool EntryVisitor(StoreKey key, in CachedValue entry);
