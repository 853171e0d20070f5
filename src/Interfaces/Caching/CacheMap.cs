using System.Collections.Immutable;

namespace Armature.Caching;

/// <summary>Where partitions are, as far as one silo knows. It may be out of date: a silo that does not have a partition passes on what it is asked for.</summary>
[GenerateSerializer, Immutable, Alias("armature.caching.map")]
public sealed class CacheMap
{
    /// <summary>The silo that says so.</summary>
    [Id(0)] public required SiloAddress Silo { get; init; }

    /// <summary>The silos that have partitions.</summary>
    [Id(1)] public required ImmutableArray<SiloAddress> Silos { get; init; }

    /// <summary>For each of the <see cref="CacheLimits.Partitions"/> the place of its silo in <see cref="Silos"/>.</summary>
    [Id(2)] public required ImmutableArray<ushort> Owners { get; init; }
}
