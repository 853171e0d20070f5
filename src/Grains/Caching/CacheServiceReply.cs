namespace Armature.Caching;

/// <summary>What one silo answers another.</summary>
/// <param name="Reply">What became of each key.</param>
/// <param name="Asked">The keys that were looked at, from the first; there was no room for the values of the others.</param>
/// <param name="IsFull">True when there was no room either for values of some that were looked at: they are asked for again.</param>
[GenerateSerializer, Immutable, Alias("armature.caching.service-reply")]
internal sealed record CacheServiceReply([property: Id(0)] CacheReply Reply, [property: Id(1)] int Asked, [property: Id(2)] bool IsFull);
