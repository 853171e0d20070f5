using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>One cache's own settings. Section <c>Armature:Caching:Caches:NAME</c>.</summary>
public sealed class NamedCacheOptions
{
    /// <summary>Bytes of entries that one silo holds of this cache, apart from all others.</summary>
    /// <value>Default: none, it shares <see cref="CachingOptions.MaxBytes"/>.</value>
    [Range(1L << 20, 1L << 40)]
    public long? MaxBytes { get; set; }

    /// <summary>Bytes of one value.</summary>
    /// <value>Default: <see cref="CachingOptions.MaxValueBytes"/>.</value>
    [Range(1, 3 << 20)]
    public int? MaxValueBytes { get; set; }

    /// <summary>How long an entry lives that is written without saying.</summary>
    /// <value>Default: <see cref="CachingOptions.DefaultTtl"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "3650.00:00:00")]
    public TimeSpan? DefaultTtl { get; set; }
}
