using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>The cache of a silo. Section <c>Armature:Caching</c>.</summary>
public sealed class CachingOptions
{
    /// <summary>Bytes of entries that one silo holds, of all caches together that have no <see cref="NamedCacheOptions.MaxBytes"/> of their own.</summary>
    /// <value>Default: 256 MiB.</value>
    [Range(1L << 20, 1L << 40)]
    public long MaxBytes { get; set; } = 256L << 20;

    /// <summary>Bytes of one value.</summary>
    /// <value>Default: 1 MiB.</value>
    [Range(1, 3 << 20)]
    public int MaxValueBytes { get; set; } = 1 << 20;

    /// <summary>How long an entry lives that is written without saying.</summary>
    /// <value>Default: none, it does not expire.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "3650.00:00:00")]
    public TimeSpan? DefaultTtl { get; set; }

    /// <summary>Caches with settings of their own, by name.</summary>
    public Dictionary<string, NamedCacheOptions> Caches { get; } = new(StringComparer.Ordinal);
}
