using Armature.Testing;

namespace Armature;

internal static class TemporaryFolderExtensions
{
    /// <summary>Writes a file, with the folders above it, and returns its path.</summary>
    public static string Write(this TemporaryFolder folder, string relative, string content = "content")
    {
        var path = folder.File(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
