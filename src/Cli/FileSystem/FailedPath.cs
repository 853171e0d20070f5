namespace Armature.FileSystem;

/// <summary>A file or folder that cannot be worked on.</summary>
/// <param name="Path">Where it is, beginning as the input was typed.</param>
/// <param name="Error">Why.</param>
internal sealed record FailedPath(string Path, ItemError Error);
