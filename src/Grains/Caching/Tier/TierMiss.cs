namespace Armature.Caching.Tier;

/// <summary>One key of a request that was not in memory, and that the tier is asked for.</summary>
/// <param name="Place">Its place in the request.</param>
/// <param name="Key">The store's key.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Fill">What tells of changes meanwhile.</param>
internal readonly record struct TierMiss(int Place, byte[] Key, TierPartition Partition, TierFill Fill);
