namespace Armature.Batching;

/// <summary>Items that wait at their coordinator for the same attempt.</summary>
internal sealed record Work(PackedEntries Items, int Attempt);
