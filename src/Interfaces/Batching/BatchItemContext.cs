namespace Armature.Batching;

/// <summary>What a handler is told about the item at hand.</summary>
/// <param name="BatchId">The id of the batch.</param>
/// <param name="Index">The item's place in the caller's order, from 0.</param>
/// <param name="Attempt">The attempt, from 1.</param>
public readonly record struct BatchItemContext(string BatchId, int Index, int Attempt);
