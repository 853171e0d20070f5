namespace Armature.FileSystem;

/// <summary>A file and where its outputs go, one for each variant in the variants' order.</summary>
/// <param name="Source">The file.</param>
/// <param name="Outputs">Paths relative to the folder of the outputs.</param>
internal sealed record PlannedFile(SourceFile Source, IReadOnlyList<string> Outputs);
