using System.Collections.Immutable;

namespace Armature.Caching;

/// <summary>The cache on one silo, and what became of its entries since the silo started.</summary>
[GenerateSerializer, Immutable, Alias("armature.caching.silo-statistics")]
public sealed record CacheSiloStatistics
{
    /// <summary>The silo's address.</summary>
    [Id(0)] public required string Silo { get; init; }

    /// <summary>Partitions that it answers for, of <see cref="CacheLimits.Partitions"/>.</summary>
    [Id(1)] public required int Partitions { get; init; }

    /// <summary>Entries of all caches; those that have expired within the last second may be counted.</summary>
    [Id(2)] public required long Entries { get; init; }

    /// <summary>What they weigh: keys, values, and what each costs besides.</summary>
    [Id(3)] public required long Bytes { get; init; }

    /// <summary>What they may weigh.</summary>
    [Id(4)] public required long MaxBytes { get; init; }

    /// <summary>Entries that had to go for others.</summary>
    [Id(5)] public required long Evicted { get; init; }

    /// <summary>Entries whose time was over.</summary>
    [Id(6)] public required long Expired { get; init; }

    /// <summary>The caches that were asked on it, by name; the first 1,000.</summary>
    [Id(7)] public required ImmutableArray<NamedCacheStatistics> Caches { get; init; }

    /// <summary>What lies behind its memory; null where nothing does.</summary>
    [Id(8)] public CacheTierStatistics? Tier { get; init; }
}
