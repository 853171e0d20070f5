namespace Armature.Caching;

/// <summary>What a caller may say about the entries that it writes.</summary>
public class CacheSetOptions
{
    /// <summary>When they expire: a time, <see cref="CacheExpiry.Sliding"/> or <see cref="CacheExpiry.Never"/>.</summary>
    /// <value>Default: the cache's own.</value>
    public CacheExpiry? Ttl { get; set; }

    /// <summary>Words to invalidate the entries by: at most 16, each of 1 to 128 characters without control characters.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Tags { get; set; } = [];
}
