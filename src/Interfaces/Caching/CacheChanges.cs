using System.Collections.Immutable;

namespace Armature.Caching;

/// <summary>What one silo says of the entries that it holds, to those who keep copies of some.</summary>
[GenerateSerializer, Immutable, Alias("armature.caching.changes")]
public sealed class CacheChanges
{
    /// <summary>The silo.</summary>
    [Id(0)] public required SiloAddress Silo { get; init; }

    /// <summary>Where to ask from the next time.</summary>
    [Id(1)] public required long Position { get; init; }

    /// <summary>True when <see cref="Slots"/> has everything that was written or deleted since the position that was asked for. False when that is too long ago, or when none was asked for: anything may have changed.</summary>
    [Id(2)] public required bool IsComplete { get; init; }

    /// <summary>The slots (<see cref="CacheHash.SlotOf"/>) of what was written or deleted; there may be repeats.</summary>
    [Id(3)] public required ImmutableArray<ushort> Slots { get; init; }

    /// <summary>The partitions that the silo holds.</summary>
    [Id(4)] public required ImmutableArray<byte> Partitions { get; init; }
}
