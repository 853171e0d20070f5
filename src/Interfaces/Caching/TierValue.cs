namespace Armature.Caching;

/// <summary>One entry as a tier has it.</summary>
/// <param name="Bytes">What was written; null when there is none.</param>
/// <param name="Milliseconds">How long it lives on, <see cref="long.MaxValue"/> for ever.</param>
public readonly record struct TierValue(ReadOnlyMemory<byte>? Bytes, long Milliseconds);
