using System.Security.Cryptography;

namespace Armature.Rendering.Output;

/// <summary>The files in the folder of a site.</summary>
internal static class SiteFile
{
    private const FileAttributes NoFile = FileAttributes.ReparsePoint | FileAttributes.Directory;

    /// <summary>The SHA-256 of a file's bytes.</summary>
    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Where a file lies.</summary>
    /// <param name="site">The folder of the site.</param>
    /// <param name="path">The file's path in it, with '/'.</param>
    /// <returns>Null when the path leads out of the folder.</returns>
    public static string? PathIn(string site, string path)
    {
        var full = Path.GetFullPath(Path.Combine(site, path.Replace('/', Path.DirectorySeparatorChar)));
        return full.StartsWith(site + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? full : null;
    }

    /// <summary>Reads a file.</summary>
    /// <returns>Null when it is not what was written.</returns>
    public static byte[]? TryRead(string site, RecordedFile file)
    {
        if (PathIn(site, file.Path) is not { } path)
        {
            return null;
        }

        try
        {
            // A link that someone put in the place of a file is no file of ours.
            if ((File.GetAttributes(path) & NoFile) != 0)
            {
                return null;
            }

            var content = File.ReadAllBytes(path);
            return HashOf(content) == file.Hash ? content : null;
        }
        catch (Exception e) when (DiskFailure.IsOf(e))
        {
            return null;
        }
    }
}
