namespace Armature.Caching;

/// <summary>What lies behind the cache of one silo.</summary>
[GenerateSerializer, Immutable, Alias("armature.caching.tier-statistics")]
public sealed record CacheTierStatistics
{
    /// <summary>Where it is; no password.</summary>
    [Id(0)] public required string Location { get; init; }

    /// <summary>How it stands.</summary>
    [Id(1)] public required CacheTierState State { get; init; }

    /// <summary>Since when it is not used; null while it is.</summary>
    [Id(2)] public DateTimeOffset? Since { get; init; }

    /// <summary>Why it is not used, and what to do; null while it is.</summary>
    [Id(3)] public string? Problem { get; init; }

    /// <summary>Keys of the silo that were changed in memory only. Of a partition with more than <c>Caching:Redis:MaxUnsavedKeys</c> none is counted: what the tier has of it counts no more.</summary>
    [Id(4)] public required long UnsavedKeys { get; init; }

    /// <summary>Partitions of the silo that work from memory alone.</summary>
    [Id(5)] public required int PartitionsFromMemory { get; init; }
}
