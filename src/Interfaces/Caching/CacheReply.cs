using System.Runtime.InteropServices;

namespace Armature.Caching;

/// <summary>What became of the keys of a <see cref="CacheRequest"/>, in their order. Never changed once made.</summary>
[GenerateSerializer, Immutable, Alias("armature.caching.reply")]
public sealed class CacheReply
{
    [NonSerialized] private CacheOutcome[] _outcomes = [];
    [NonSerialized] private long[]? _versions;

    /// <summary>What became of each key.</summary>
    public required CacheOutcome[] Outcomes { get => _outcomes; init => _outcomes = value; }

    /// <summary>For <see cref="CacheOperation.Get"/> and <see cref="CacheOperation.Load"/>: one value for each key, empty where there is none. For <see cref="CacheOperation.Scan"/>: what <see cref="CacheScanPart"/> reads.</summary>
    [Id(1)] public PackedValues? Values { get; init; }

    /// <summary>For <see cref="CacheOperation.Ttl"/>, and <see cref="CacheRequest.IncludesTtls"/>: milliseconds that each entry lives on, <see cref="long.MaxValue"/> for ever.</summary>
    [Id(2)] public long[]? Ttls { get; init; }

    /// <summary>Why keys failed, by their place; null when none did.</summary>
    [Id(3)] public Dictionary<int, ItemError>? Errors { get; init; }

    /// <summary>For <see cref="CacheRequest.IncludesVersions"/>: the number that each entry was written with; a later write of the same key has a higher one.</summary>
    public long[]? Versions { get => _versions; init => _versions = value; }

    /// <summary>For <see cref="CacheOperation.Load"/>: the tokens of leases that were granted, 0 for none. One beside <see cref="CacheOutcome.Done"/> is for an entry that is to be made anew while it is read on.</summary>
    [Id(5)] public long[]? Tokens { get; init; }

    // Between processes as bytes: a serializer of arrays writes a header for each element.
    [Id(0)] internal byte[] OutcomeBytes
    {
        get => MemoryMarshal.AsBytes<CacheOutcome>(_outcomes).ToArray();
        set => _outcomes = MemoryMarshal.Cast<byte, CacheOutcome>(value).ToArray();
    }

    [Id(4)] internal byte[]? VersionBytes
    {
        get => _versions is null ? null : MemoryMarshal.AsBytes<long>(_versions).ToArray();
        set => _versions = value is null ? null : MemoryMarshal.Cast<byte, long>(value).ToArray();
    }
}
