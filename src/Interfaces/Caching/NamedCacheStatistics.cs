namespace Armature.Caching;

/// <summary>One cache on one silo.</summary>
/// <param name="Name">The cache.</param>
/// <param name="Hits">Reads of entries that were there, since the silo started.</param>
/// <param name="Misses">Reads of entries that were not.</param>
/// <param name="Entries">Its entries now; those that have expired within the last second may be counted.</param>
/// <param name="Bytes">What they weigh: keys, values, and what each costs besides.</param>
/// <param name="Evicted">Entries that had to go for others since the silo started, of this or another cache of the same store.</param>
[GenerateSerializer, Immutable, Alias("armature.caching.cache-statistics")]
public sealed record NamedCacheStatistics(
    [property: Id(0)] string Name,
    [property: Id(1)] long Hits,
    [property: Id(2)] long Misses,
    [property: Id(3)] long Entries,
    [property: Id(4)] long Bytes,
    [property: Id(5)] long Evicted);
