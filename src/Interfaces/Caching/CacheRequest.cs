namespace Armature.Caching;

/// <summary>One operation on many keys of one cache. Never changed once made.</summary>
[GenerateSerializer, Immutable, Alias("armature.caching.request")]
public sealed class CacheRequest
{
    /// <summary>The cache's name.</summary>
    [Id(0)] public required string Cache { get; init; }

    /// <summary>What to do.</summary>
    [Id(1)] public required CacheOperation Operation { get; init; }

    /// <summary>The keys, in the caller's order; duplicates are allowed and are dealt with in order.</summary>
    [Id(2)] public required PackedKeys Keys { get; init; }

    /// <summary>For <see cref="CacheOperation.Set"/>: one value for each key.</summary>
    [Id(3)] public PackedValues? Values { get; init; }

    /// <summary>For <see cref="CacheOperation.Set"/> and <see cref="CacheOperation.Expire"/>: one for all keys, or one for each; null leaves it to the cache's own default.</summary>
    [Id(4)] public CacheExpiry[]? Expiries { get; init; }

    /// <summary>For <see cref="CacheOperation.Get"/>: true when <see cref="CacheReply.Ttls"/> is wanted too.</summary>
    [Id(9)] public bool IncludesTtls { get; init; }
}
