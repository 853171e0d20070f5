namespace Armature.Batching;

/// <summary>A recorded page of results, as its next coordinator remembers it.</summary>
/// <param name="Indices">The items.</param>
/// <param name="Kinds">What each one's result is.</param>
/// <param name="Entries">The page; null when there are too many to keep in memory.</param>
internal sealed record RecordedPage(int[] Indices, EntryKind[] Kinds, PackedEntries? Entries);
