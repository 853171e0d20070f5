namespace Armature.Batching;

/// <summary>What a batch is, as it travels to its coordinator.</summary>
[GenerateSerializer, Immutable, Alias("armature.batching.batch-spec")]
public sealed record BatchSpec
{
    /// <summary>The handler's name.</summary>
    [Id(0)] public required string Handler { get; init; }

    /// <summary>The caller's item type, compared with the handler's before anything runs.</summary>
    [Id(1)] public required string ItemType { get; init; }

    /// <summary>The caller's result type, compared with the handler's before anything runs.</summary>
    [Id(2)] public required string ResultType { get; init; }

    /// <summary>See <see cref="BatchOptions.ItemTimeout"/>.</summary>
    [Id(3)] public TimeSpan? ItemTimeout { get; init; }

    /// <summary>See <see cref="BatchOptions.MaxAttempts"/>.</summary>
    [Id(4)] public int? MaxAttempts { get; init; }

    /// <summary>Which attempt of which caller to submit this is: what <see cref="IBatchGrain.AbandonAsync"/> names.</summary>
    [Id(5)] public Guid Submission { get; init; }

    /// <summary>See <see cref="BatchOptions.Durable"/>.</summary>
    [Id(6)] public bool Durable { get; init; }
}
