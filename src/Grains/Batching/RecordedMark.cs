namespace Armature.Batching;

/// <summary>A mark and the key of its record.</summary>
internal sealed record RecordedMark(string Key, ChunkMark Mark);
