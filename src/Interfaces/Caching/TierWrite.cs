namespace Armature.Caching;

/// <summary>One change of what a tier has.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Epoch">The writer's epoch.</param>
/// <param name="Key">The key with its cache's name, or the name of a barrier.</param>
/// <param name="Value">The entry, for <see cref="TierWriteKind.Set"/>.</param>
/// <param name="Number">Milliseconds that an entry lives from now on, <see cref="long.MaxValue"/> for ever; or the version of a barrier.</param>
public readonly record struct TierWrite(
    TierWriteKind Kind, int Partition, long Epoch, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value = default, long Number = long.MaxValue);
