namespace Armature.Caching;

/// <summary>What a caller may say about the entries that it writes.</summary>
public sealed class CacheSetOptions
{
    /// <summary>When they expire: a time, <see cref="CacheExpiry.Sliding"/> or <see cref="CacheExpiry.Never"/>.</summary>
    /// <value>Default: the cache's own.</value>
    public CacheExpiry? Ttl { get; set; }
}
