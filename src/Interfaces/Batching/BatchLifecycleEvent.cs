namespace Armature.Batching;

/// <summary>
/// The beginning or the end of a batch, as it is published on the Orleans stream <see cref="BatchStreams"/>. Best effort:
/// an event may be lost with a silo. What must not be missed is read with <c>WatchAsync</c>.
/// </summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Kind">Started, Completed, Cancelled or Failed.</param>
/// <param name="Status">The batch right after it.</param>
[GenerateSerializer, Immutable, Alias("armature.batching.batch-lifecycle-event")]
public sealed record BatchLifecycleEvent(
    [property: Id(0)] string BatchId,
    [property: Id(1)] BatchEventKind Kind,
    [property: Id(2)] BatchStatus Status);
