namespace Armature.Batching;

/// <summary>The coordinator's answer to items.</summary>
/// <param name="NextIndex">The index of the first item it does not have. The sender goes on from there.</param>
/// <param name="IsFull">True when the items were not taken because enough are waiting: send them again.</param>
[GenerateSerializer, Immutable, Alias("armature.batching.append-reply")]
public sealed record AppendReply(
    [property: Id(0)] int NextIndex,
    [property: Id(1)] bool IsFull);
