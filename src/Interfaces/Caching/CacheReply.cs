namespace Armature.Caching;

/// <summary>What became of the keys of a <see cref="CacheRequest"/>, in their order. Never changed once made.</summary>
[GenerateSerializer, Immutable, Alias("armature.caching.reply")]
public sealed class CacheReply
{
    /// <summary>What became of each key.</summary>
    [Id(0)] public required CacheOutcome[] Outcomes { get; init; }

    /// <summary>For <see cref="CacheOperation.Get"/> and <see cref="CacheOperation.Load"/>: one value for each key, empty where there is none. For <see cref="CacheOperation.Scan"/>: what <see cref="CacheScanPart"/> reads.</summary>
    [Id(1)] public PackedValues? Values { get; init; }

    /// <summary>For <see cref="CacheOperation.Ttl"/>: milliseconds that each entry lives on, <see cref="long.MaxValue"/> for ever.</summary>
    [Id(2)] public long[]? Ttls { get; init; }

    /// <summary>Why keys failed, by their place; null when none did.</summary>
    [Id(3)] public Dictionary<int, ItemError>? Errors { get; init; }

    /// <summary>For <see cref="CacheOperation.Get"/> and <see cref="CacheOperation.Set"/>: the number that each entry was written with; a later write of the same key has a higher one.</summary>
    [Id(4)] public long[]? Versions { get; init; }

    /// <summary>For <see cref="CacheOperation.Load"/>: the tokens of leases that were granted.</summary>
    [Id(5)] public long[]? Tokens { get; init; }
}
