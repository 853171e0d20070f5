namespace Armature.FileSystem;

/// <summary>What tells whether a file has changed.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="WrittenAt">When it was last written, in UTC.</param>
internal readonly record struct FileStamp(long Length, DateTime WrittenAt)
{
    /// <summary>The stamp of a file, or of the one that a link leads to; null when there is none.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
        {
            return OfTarget(path);
        }

        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
    }

    // What the system says of a link is the link's own length and time, and not that of what is read through it.
    private static FileStamp? OfTarget(string link)
    {
        try
        {
            return Of(RealPath.Of(link));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
