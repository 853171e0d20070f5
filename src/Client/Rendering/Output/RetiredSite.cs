using System.Collections.Concurrent;

namespace Armature.Rendering.Output;

/// <summary>
/// The files of a version that is not kept any more. The folder of a page that is still the same is moved out of it into the new version:
/// one renaming, in place of a new folder, a link, and the removal of both. Thread-safe.
/// </summary>
/// <param name="site">The folder of its files.</param>
internal sealed class RetiredSite(string site)
{
    private readonly ConcurrentDictionary<string, bool> _isPlain = new(StringComparer.Ordinal);

    /// <summary>Moves the folder of some files to where it is given, when they are what was written, and are all that it holds.</summary>
    /// <param name="files">The files, of one folder.</param>
    /// <param name="target">Its new path. There is no such folder, but the one above it.</param>
    /// <returns>The bytes of the first file; null when the folder stays where it is.</returns>
    public byte[]? TryMove(IReadOnlyList<RecordedFile> files, string target)
    {
        if (SiteFile.PathIn(site, files[0].Path) is not { } first || Path.GetDirectoryName(first)! is var folder && (folder == site || !HoldsOnly(folder, files)))
        {
            return null;
        }

        byte[]? content = null;
        foreach (var file in files)
        {
            if (SiteFile.TryRead(site, file) is not { } read)
            {
                return null;
            }

            content ??= read;
        }

        try
        {
            Directory.Move(folder, target);
            return content;
        }
        catch (Exception e) when (DiskFailure.IsOf(e))
        {
            return null;
        }
    }

    private bool HoldsOnly(string folder, IReadOnlyList<RecordedFile> files)
    {
        try
        {
            var held = Directory.EnumerateFileSystemEntries(folder).Take(files.Count + 1).ToHashSet(StringComparer.Ordinal);
            return held.SetEquals(files.Select(file => SiteFile.PathIn(site, file.Path) ?? "")) && IsPlain(folder);
        }
        catch (Exception e) when (DiskFailure.IsOf(e))
        {
            return false;
        }
    }

    // What lies behind a link is somebody else's, and never moved.
    private bool IsPlain(string folder) =>
        folder == site
        || ((File.GetAttributes(folder) & FileAttributes.ReparsePoint) == 0 && _isPlain.GetOrAdd(Path.GetDirectoryName(folder)!, IsPlain));
}
