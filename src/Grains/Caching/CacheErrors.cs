namespace Armature.Caching;

/// <summary>What is said of keys that failed.</summary>
internal static class CacheErrors
{
    public static ItemError ValueTooLarge(int bytes, int allowed) => new(
        CacheErrorCodes.ValueTooLarge,
        $"The value has {bytes:N0} bytes; this cache takes {allowed:N0} at most (MaxValueBytes of Armature:Caching, or of the cache in Armature:Caching:Caches). Keep large values in the blob store and their names here, or raise the limit.",
        Attempts: 1);
}
