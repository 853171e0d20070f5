namespace Armature.Caching;

/// <summary>A barrier as a tier keeps it.</summary>
/// <param name="Name">What it means; the tier does not look into it. A later one of the same name replaces it.</param>
/// <param name="Version">The partition's number at which it was drawn.</param>
public readonly record struct TierBarrier(ReadOnlyMemory<byte> Name, long Version);
