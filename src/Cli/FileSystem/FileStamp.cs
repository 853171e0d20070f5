namespace Armature.FileSystem;

/// <summary>What tells whether a file has changed.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="WrittenAt">When it was last written, in UTC.</param>
internal readonly record struct FileStamp(long Length, DateTime WrittenAt)
{
    /// <summary>The stamp of a file; null when there is none.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
    }
}
