namespace Armature.Batching;

/// <summary>Items of one batch for one silo. At most 1 MiB.</summary>
[GenerateSerializer, Immutable, Alias("armature.batching.chunk-request")]
internal sealed record ChunkRequest
{
    /// <summary>The batch.</summary>
    [Id(0)] public required string BatchId { get; init; }

    /// <summary>The chunk's number in its batch.</summary>
    [Id(1)] public required long ChunkId { get; init; }

    /// <summary>The handler's name.</summary>
    [Id(2)] public required string Handler { get; init; }

    /// <summary>The items.</summary>
    [Id(3)] public required PackedEntries Items { get; init; }

    /// <summary>Which attempt at these items this is, from 1.</summary>
    [Id(4)] public required int Attempt { get; init; }

    /// <summary>The longest time for one item.</summary>
    [Id(5)] public required TimeSpan ItemTimeout { get; init; }

    /// <summary>The silo that coordinates the batch: when it dies, nobody waits for the answer.</summary>
    [Id(6)] public required SiloAddress Coordinator { get; init; }

    /// <summary>True for a suspect that <see cref="INodeService.HoldAsync"/> was granted for: it starts with nothing beside it, or not at all.</summary>
    [Id(7)] public bool IsAlone { get; init; }
}
