namespace Armature.Caching;

/// <summary>What <c>armature cache stats --json</c> tells.</summary>
/// <param name="Silos">The silos that answered, in the order of their addresses.</param>
internal sealed record CacheStatsReport(IReadOnlyList<CacheSiloStatistics> Silos);
