namespace Armature.Caching;

/// <summary>The keys of a request that one silo has.</summary>
/// <param name="Doors">The numbers of doors on it; none when no door leads there.</param>
/// <param name="Places">The places of the keys in the request.</param>
internal readonly record struct DoorPart(long[] Doors, int[] Places);
