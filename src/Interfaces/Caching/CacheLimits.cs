namespace Armature.Caching;

/// <summary>Limits of the cache that are not options.</summary>
public static class CacheLimits
{
    /// <summary>Characters of a key: 1,024.</summary>
    public const int MaxKeyLength = 1_024;

    /// <summary>Characters of a cache's name: 100.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Bytes of one value, whatever a silo's option says: 3 MiB.</summary>
    public const int MaxValueBytes = 3 << 20;

    /// <summary>Keys in one call: 1,000,000.</summary>
    public const int MaxKeys = 1_000_000;

    /// <summary>Tags that one call may invalidate: 1,000.</summary>
    public const int MaxTags = 1_000;

    /// <summary>Bytes of keys and values in one message: 4 MiB.</summary>
    public const int MaxPageBytes = 4 << 20;

    /// <summary>Partitions of every cache: 256. Kept with the cluster: it never changes.</summary>
    public const int Partitions = 256;
}
