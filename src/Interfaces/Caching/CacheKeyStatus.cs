namespace Armature.Caching;

/// <summary>Whether a cache had an entry for one key when it was asked, or was to delete it or to give it another expiry.</summary>
/// <param name="IsFound">True when there was one.</param>
/// <param name="Error">Why the key could not be dealt with; null when it was.</param>
public readonly record struct CacheKeyStatus(bool IsFound, ItemError? Error = null);
