using System.Text;

namespace Armature.Rendering;

/// <summary>A published site as its reader sees it.</summary>
internal static class SiteFiles
{
    /// <summary>All files by their path, as text.</summary>
    public static SortedDictionary<string, string> Read(string output) => new(
        Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(output, file).Replace('\\', '/'), file => Encoding.Latin1.GetString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    /// <summary>The names of the versions beside a site.</summary>
    public static IReadOnlyList<string> Versions(string output) =>
        [.. Directory.EnumerateDirectories(output + ".versions").Select(version => Path.GetFileName(version)!).Order(StringComparer.Ordinal)];
}
