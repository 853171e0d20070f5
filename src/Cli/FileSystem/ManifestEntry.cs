namespace Armature.FileSystem;

/// <summary>How one output came to be.</summary>
/// <param name="Plan">The stamp of the plan that made it.</param>
/// <param name="Source">The source as it was read.</param>
/// <param name="Output">The output as it was written: a file that something else wrote later is not the one that is meant here.</param>
internal sealed record ManifestEntry(string Plan, FileStamp Source, FileStamp Output);
