namespace Armature.Validation.Files;

/// <summary>A rule of reading that a row breaks.</summary>
/// <param name="Rule">The rule's place.</param>
/// <param name="Value">The value as UTF-8; null when there is none to tell.</param>
internal readonly record struct UnreadCell(int Rule, byte[]? Value);
