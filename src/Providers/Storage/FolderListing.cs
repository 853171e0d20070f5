using System.Globalization;

namespace Armature.Storage;

/// <summary>One folder of the store: the blobs in it and the folders below it, by their names.</summary>
internal sealed record FolderListing(IReadOnlyList<BlobInfo> Blobs, IReadOnlyList<string> Folders)
{
    private static readonly FolderListing Empty = new([], []);

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    /// <summary>Reads the folder of all names that start with <paramref name="prefix"/>, which is empty or ends with '/'.</summary>
    public static FolderListing Read(FolderRoot root, string prefix)
    {
        var blobs = new List<BlobInfo>();
        var folders = new List<string>();
        try
        {
            foreach (var entry in root.ResolveFolder(prefix).EnumerateFileSystemInfos("*", Everything))
            {
                if (entry is DirectoryInfo && FolderPath.FolderSegment(entry.Name) is { } folder)
                {
                    folders.Add(prefix + folder + '/');
                }
                else if (entry is FileInfo { Exists: true } file && FolderPath.BlobSegment(file.Name) is { } segment)
                {
                    blobs.Add(Describe(prefix + segment, file.Length, file.LastWriteTimeUtc));
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            return Empty;
        }

        return new(blobs, folders);
    }

    /// <summary>A blob by what the file system says of its file.</summary>
    public static BlobInfo Describe(string name, long length, DateTime writtenAt) =>
        new(name, length, new(writtenAt), string.Create(CultureInfo.InvariantCulture, $"{writtenAt.Ticks:x}-{length:x}"));
}
