namespace Armature.Batching;

/// <summary>A silo's answer to a chunk. Every item of the chunk is in exactly one of the three lists.</summary>
[GenerateSerializer, Immutable, Alias("armature.batching.chunk-reply")]
internal sealed record ChunkReply
{
    /// <summary>Results and final errors. At most 2 MiB.</summary>
    [Id(0)] public required PackedEntries Results { get; init; }

    /// <summary>Errors of items that may be tried again.</summary>
    [Id(1)] public required PackedEntries Failures { get; init; }

    /// <summary>Indices of items that were not started: the batch was cancelled, or the silo is stopping or full.</summary>
    [Id(2)] public required int[] Returned { get; init; }

    /// <summary>Time that the items took, added up.</summary>
    [Id(3)] public required TimeSpan Busy { get; init; }

    /// <summary>Why items were returned.</summary>
    [Id(4)] public required NodeState State { get; init; }
}
