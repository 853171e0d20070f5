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

    /// <summary>How long a caller may load keys before the next one gets to load them, when it is not heard of. While it lives it says that it goes on.</summary>
    /// <value>Default: 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")]
    public TimeSpan LoadLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Keys of one silo that are loaded at a time. More are refused with <c>too_many_loads</c>. As many keys are remembered that are not to be loaded again for a while.</summary>
    /// <value>Default: 100,000.</value>
    [Range(1, 10_000_000)]
    public int MaxLoads { get; set; } = 100_000;

    /// <summary>Keys of one silo that callers wait for at a time while others load them, each counted for each call. More are refused with <c>too_many_loads</c>.</summary>
    /// <value>Default: 1,000,000.</value>
    [Range(1, 100_000_000)]
    public int MaxLoadWaiters { get; set; } = 1_000_000;

    /// <summary>Redis behind the cache.</summary>
    public CachingRedisOptions Redis { get; } = new();

    /// <summary>Caches with settings of their own, by name.</summary>
    public IDictionary<string, NamedCacheOptions> Caches { get; } = new Dictionary<string, NamedCacheOptions>(StringComparer.Ordinal);
}
