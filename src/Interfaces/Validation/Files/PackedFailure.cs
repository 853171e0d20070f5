namespace Armature.Validation.Files;

/// <summary>A failure within a chunk.</summary>
/// <param name="Record">The record's place in the chunk.</param>
/// <param name="Line">Its line in the chunk, from 0.</param>
/// <param name="Rule">The rule's place.</param>
/// <param name="FirstRow">The row that has the same key first; 0 for none.</param>
/// <param name="Value">The value as UTF-8; null when there is none to tell.</param>
internal readonly record struct PackedFailure(int Record, int Line, int Rule, long FirstRow, ReadOnlyMemory<byte>? Value);
