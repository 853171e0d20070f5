namespace Armature.Batching;

/// <summary>The coordinator's answer to items.</summary>
/// <param name="NextIndex">The index of the first item it does not have. The sender goes on from there.</param>
/// <param name="IsFull">True when the items were not taken because enough are waiting: send them again.</param>
[GenerateSerializer, Immutable, Alias("armature.batching.append-reply")]
public sealed record AppendReply(
    [property: Id(0)] int NextIndex,
    [property: Id(1)] bool IsFull)
{
    /// <summary>
    /// <see cref="BatchState.Cancelled"/> or <see cref="BatchState.Failed"/> when the batch takes nothing any more: the sender stops.
    /// Otherwise <see cref="BatchState.Running"/>, also when all items are here.
    /// </summary>
    [Id(2)]
    public BatchState State { get; init; }

    /// <summary>Why the batch failed as a whole; null otherwise.</summary>
    [Id(3)]
    public string? Failure { get; init; }
}
