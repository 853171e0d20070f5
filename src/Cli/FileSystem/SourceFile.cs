namespace Armature.FileSystem;

/// <summary>A file that was found under one of the inputs.</summary>
/// <param name="Path">Where it is, beginning as the input was typed.</param>
/// <param name="RelativePath">Its place under the input: a file name for an input that is a file.</param>
internal sealed record SourceFile(string Path, string RelativePath);
