namespace Armature.Validation.Files;

/// <summary>Why a file could not be read, or not to its end.</summary>
/// <param name="Code">What it is, as programs know it.</param>
/// <param name="Message">What is wrong, what is allowed and what to do, for people.</param>
/// <param name="Offset">The byte at which it shows, decompressed; null where it is the file as a whole.</param>
public sealed record FileFault(string Code, string Message, long? Offset);
