using Armature.FileSystem;

namespace Armature.Images;

/// <summary>What became of one file.</summary>
/// <param name="File">The file.</param>
/// <param name="Source">The source as it was read; null when it failed.</param>
/// <param name="Error">Why it failed; null when its outputs are written.</param>
internal sealed record FileOutcome(PlannedFile File, FileStamp? Source, ItemError? Error);
