namespace Armature.Storage;

/// <summary>A record as it was read.</summary>
/// <param name="Key">Its key in its partition.</param>
/// <param name="Value">Its bytes.</param>
public readonly record struct RecordEntry(string Key, ReadOnlyMemory<byte> Value);
