namespace Armature.FileSystem;

/// <summary>What was found under the inputs.</summary>
/// <param name="Files">The files, in the order of the inputs.</param>
/// <param name="Failed">Folders that could not be read.</param>
internal sealed record SourceList(IReadOnlyList<SourceFile> Files, IReadOnlyList<FailedPath> Failed);
