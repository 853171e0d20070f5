namespace Armature.Caching;

/// <summary>Reads of one cache on one silo since the silo started.</summary>
/// <param name="Name">The cache.</param>
/// <param name="Hits">Reads of entries that were there.</param>
/// <param name="Misses">Reads of entries that were not.</param>
[GenerateSerializer, Immutable, Alias("armature.caching.reads")]
public sealed record CacheReads([property: Id(0)] string Name, [property: Id(1)] long Hits, [property: Id(2)] long Misses);
