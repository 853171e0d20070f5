namespace Armature.Caching;

/// <summary>What goes with the ownership of a partition from silo to silo.</summary>
/// <param name="Id">Tells this move from all others: the entries that belong to it were sent under it.</param>
/// <param name="Version">The number of the partition's last write.</param>
[GenerateSerializer, Immutable, Alias("armature.caching.handover")]
internal sealed record CacheHandover([property: Id(0)] Guid Id, [property: Id(1)] long Version);
