namespace Armature.Validation.Files;

/// <summary>A row of a chunk.</summary>
/// <param name="Line">Its line in the chunk, from 0.</param>
/// <param name="Offset">Where its bytes begin in the chunk.</param>
/// <param name="Length">How many they are, without the line end.</param>
/// <param name="Unread">Why it is no record; empty when it is one.</param>
internal readonly record struct ReadRow(int Line, int Offset, int Length, UnreadCell[] Unread);
