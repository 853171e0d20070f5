namespace Armature.Caching;

/// <summary>One operation on many keys of one cache. Never changed once made.</summary>
[GenerateSerializer, Immutable, Alias("armature.caching.request")]
public sealed class CacheRequest
{
    /// <summary>The keys of a request that is for partitions: one byte each, the partition's number.</summary>
    public static PackedKeys AllPartitions { get; } = new(
        [.. Enumerable.Range(1, CacheLimits.Partitions)], [.. Enumerable.Range(0, CacheLimits.Partitions).Select(partition => (byte)partition)]);

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

    /// <summary>For <see cref="CacheOperation.Set"/> and <see cref="CacheOperation.Load"/>: the tags of every entry (<see cref="CacheTag"/>).</summary>
    [Id(5)] public string[]? Tags { get; init; }

    /// <summary>For <see cref="CacheOperation.Invalidate"/> and <see cref="CacheOperation.Scan"/>: which entries.</summary>
    [Id(6)] public CacheSelection? Selection { get; init; }

    /// <summary>For <see cref="CacheOperation.Load"/> and what comes after it.</summary>
    [Id(7)] public CacheLoad? Load { get; init; }

    /// <summary>For <see cref="CacheOperation.Get"/>: true when <see cref="CacheReply.Ttls"/> is wanted too.</summary>
    [Id(8)] public bool IncludesTtls { get; init; }

    /// <summary>For <see cref="CacheOperation.Get"/>, <see cref="CacheOperation.Load"/> and <see cref="CacheOperation.Set"/>: true when <see cref="CacheReply.Versions"/> is wanted too.</summary>
    [Id(9)] public bool IncludesVersions { get; init; }

    /// <summary>True when its keys are partitions.</summary>
    public bool IsForPartitions => Operation is CacheOperation.Invalidate or CacheOperation.Scan;

    /// <summary>True when it must not be done late, over what was written since. Those that load are told apart by their tokens.</summary>
    public bool IsWrite => Operation is CacheOperation.Set or CacheOperation.Delete or CacheOperation.Expire or CacheOperation.Invalidate;

    /// <summary>True when its answer has <see cref="CacheReply.Values"/>.</summary>
    public bool IsAnsweredByValues => Operation is CacheOperation.Get or CacheOperation.Load or CacheOperation.Scan;

    /// <summary>True when its answer has <see cref="CacheReply.Versions"/>.</summary>
    public bool IsAnsweredByVersions => IncludesVersions && Operation is (CacheOperation.Get or CacheOperation.Set or CacheOperation.Load);

    /// <summary>True when its answer has <see cref="CacheReply.Ttls"/>.</summary>
    public bool IsAnsweredByTtls => Operation == CacheOperation.Ttl || IncludesTtls;

    /// <summary>True when its answer has <see cref="CacheReply.Tokens"/>.</summary>
    public bool IsAnsweredByTokens => Operation == CacheOperation.Load;

    /// <summary>The same for some of its keys.</summary>
    /// <param name="places">The places of those keys.</param>
    public CacheRequest Select(int[] places) => new()
    {
        Cache = Cache,
        Operation = Operation,
        Keys = Keys.Select(places),
        Values = Values?.Select(places),
        Expiries = Expiries is { Length: > 1 } expiries ? Array.ConvertAll(places, place => expiries[place]) : Expiries,
        Tags = Tags,
        Selection = Selection,
        Load = Load?.Select(places),
        IncludesTtls = IncludesTtls,
        IncludesVersions = IncludesVersions,
    };
}
