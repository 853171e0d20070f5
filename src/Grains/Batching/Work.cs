namespace Armature.Batching;

/// <summary>Items that wait at their coordinator for the same attempt.</summary>
/// <param name="Items">The items.</param>
/// <param name="Attempt">Which attempt, from 1.</param>
/// <param name="Deaths">How often a silo has died with them on it.</param>
internal sealed record Work(PackedEntries Items, int Attempt, int Deaths = 0);
