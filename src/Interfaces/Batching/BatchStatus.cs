using System.Collections.Immutable;

namespace Armature.Batching;

/// <summary>A batch at one moment.</summary>
[GenerateSerializer, Immutable, Alias("armature.batching.batch-status")]
public sealed record BatchStatus
{
    /// <summary>The batch's id.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The handler's name.</summary>
    [Id(1)] public required string Handler { get; init; }

    /// <summary>Where it is in its life.</summary>
    [Id(2)] public required BatchState State { get; init; }

    /// <summary>Items received so far; all of them once <see cref="IsSealed"/>.</summary>
    [Id(3)] public required int Total { get; init; }

    /// <summary>True when the caller has sent its last item.</summary>
    [Id(4)] public required bool IsSealed { get; init; }

    /// <summary>Items with a result.</summary>
    [Id(5)] public required int Succeeded { get; init; }

    /// <summary>Items with an error.</summary>
    [Id(6)] public required int Failed { get; init; }

    /// <summary>When the batch was accepted.</summary>
    [Id(7)] public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    [Id(8)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What each silo has done and is doing, in the order of their names.</summary>
    [Id(9)] public ImmutableArray<SiloProgress> Silos { get; init; } = [];

    /// <summary>Why the batch failed as a whole; null otherwise.</summary>
    [Id(10)] public string? Failure { get; init; }

    /// <summary>See <see cref="BatchOptions.Durable"/>.</summary>
    [Id(11)] public bool IsDurable { get; init; }

    /// <summary>Items that failed and ran again, each time counted. For a durable batch, since its last coordinator took it over.</summary>
    [Id(12)] public int Retried { get; init; }

    /// <summary>Items that were late and were started a second time on an idle silo; counted in the same way.</summary>
    [Id(13)] public int Reissued { get; init; }

    /// <summary>Items that were on a silo when it died and run again, each alone on its silo; counted in the same way.</summary>
    [Id(14)] public int Suspected { get; init; }

    /// <summary>Why it cannot go on now: its handler is on no silo, or its records cannot be written; null otherwise.</summary>
    [Id(15)] public string? Waiting { get; init; }

    /// <summary>Items with a result or an error.</summary>
    public int Done => Succeeded + Failed;
}
