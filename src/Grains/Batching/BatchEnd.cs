namespace Armature.Batching;

/// <summary>The end of a durable batch, as it is recorded.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Failure">Why it failed; null otherwise.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("armature.batching.batch-end")]
internal sealed record BatchEnd(
    [property: Id(0)] BatchState State,
    [property: Id(1)] string? Failure,
    [property: Id(2)] DateTimeOffset At)
{
    /// <summary>True when it was cancelled because all its callers gave it up.</summary>
    [Id(3)]
    public bool IsAbandoned { get; init; }
}
