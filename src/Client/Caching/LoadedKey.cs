namespace Armature.Caching;

/// <summary>A key that this caller loads.</summary>
/// <param name="Place">Its place among the caller's keys.</param>
/// <param name="Key">The key.</param>
/// <param name="Token">The token of its lease.</param>
internal readonly record struct LoadedKey(int Place, string Key, long Token);
