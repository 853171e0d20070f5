namespace Armature.Batching;

/// <summary>The beginning of a durable batch, as it is recorded.</summary>
/// <param name="Spec">What the batch is.</param>
/// <param name="SubmittedAt">When it was accepted.</param>
[GenerateSerializer, Immutable, Alias("armature.batching.batch-start")]
internal sealed record BatchStart(
    [property: Id(0)] BatchSpec Spec,
    [property: Id(1)] DateTimeOffset SubmittedAt);
