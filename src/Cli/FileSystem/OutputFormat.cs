namespace Armature.FileSystem;

/// <summary>One output of every file.</summary>
/// <param name="Name">The variant's name, which is its folder when there are several.</param>
/// <param name="Extensions">The extensions that need no other one appended; the first is the one that is appended. None: the name stays as it is.</param>
internal sealed record OutputFormat(string Name, IReadOnlyList<string> Extensions)
{
    /// <summary>The output's file name: the source's, with the format's extension appended unless it has one of them.</summary>
    public string FileName(string source) =>
        Extensions.Count == 0 || Extensions.Contains(Path.GetExtension(source), StringComparer.OrdinalIgnoreCase) ? source : source + Extensions[0];
}
