namespace Armature.Storage;

/// <summary>The folder of a <see cref="FolderBlobStore"/>: where blobs and unfinished files are, and how one becomes the other.</summary>
internal sealed class FolderRoot
{
    // Folders of blobs carry a mark, so no name leads here.
    private const string UnfinishedFolder = ".unfinished";

    // A delete removes folders that it empties, so a write may have to make them again. Every lost round is a delete that won.
    private const int MaxFolderRaces = 1_000;

    private readonly string _unfinished;

    private FolderRoot(string path)
    {
        Path = path;
        _unfinished = System.IO.Path.Combine(path, UnfinishedFolder);
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Makes the folder when it is not there, and tries that it can be written to.</summary>
    /// <exception cref="BlobStoreException">It cannot.</exception>
    public static FolderRoot Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            var root = new FolderRoot(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
            var probe = root.NewUnfinishedPath();
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return root;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BlobStoreException(
                path,
                $"the folder cannot be written to ({e.Message}). Give this process the right to write there, or set Armature:Storage:Folder to another.",
                e);
        }
    }

    /// <summary>A blob's path.</summary>
    /// <exception cref="BlobStoreException">A symbolic link is on the way.</exception>
    public string Resolve(string name)
    {
        var path = System.IO.Path.Combine(Path, FolderPath.OfBlob(name));
        ThrowIfLinked(path);
        return path;
    }

    /// <summary>The folder of all names that start with <paramref name="prefix"/>, which is empty or ends with '/'.</summary>
    /// <exception cref="BlobStoreException">A symbolic link is on the way.</exception>
    public DirectoryInfo ResolveFolder(string prefix)
    {
        var path = System.IO.Path.Combine(Path, FolderPath.OfFolder(prefix));
        ThrowIfLinked(path);
        return new(path);
    }

    /// <summary>A path for a file that is being written. Its name is nobody else's.</summary>
    public string NewUnfinishedPath()
    {
        Directory.CreateDirectory(_unfinished);
        return System.IO.Path.Combine(_unfinished, Guid.NewGuid().ToString("N"));
    }

    /// <summary>
    /// Makes a written file the blob of that name; false when it was to be created and there is one. The unfinished name may stay.
    /// </summary>
    public bool Finish(string unfinished, string name, FolderWrite mode)
    {
        var path = Resolve(name);
        for (var race = 1; ; race++)
        {
            try
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
                Move(unfinished, path, mode);
                return true;
            }
            catch (IOException) when (mode == FolderWrite.Create && File.Exists(path))
            {
                return false;
            }
            catch (IOException) when (race < MaxFolderRaces && File.Exists(unfinished))
            {
                // The folder went between two steps. What lasts, such as a full disk, is thrown by the last round.
                continue;
            }
        }
    }

    /// <summary>Deletes a blob and the folders that it leaves empty; false when there was none.</summary>
    public bool Delete(string name)
    {
        var path = Resolve(name);
        var unfinished = NewUnfinishedPath();
        try
        {
            // Of several who delete at once one moves the file away.
            File.Move(path, unfinished, overwrite: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        File.Delete(unfinished);
        RemoveEmptyFolders(System.IO.Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>Removes unfinished files that nobody has written to since <paramref name="before"/>.</summary>
    public void RemoveUnfinished(DateTimeOffset before)
    {
        foreach (var file in new DirectoryInfo(_unfinished).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < before.UtcDateTime)
            {
                file.Delete();
            }
        }
    }

    private static void Move(string unfinished, string path, FolderWrite mode)
    {
        if (mode == FolderWrite.Create)
        {
            ExclusiveMove.Move(unfinished, path);
            return;
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private void RemoveEmptyFolders(string folder)
    {
        try
        {
            while (folder.Length > Path.Length && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
                folder = System.IO.Path.GetDirectoryName(folder)!;
            }
        }
        catch (IOException)
        {
            // Somebody was faster: the folder is gone, or has a blob again.
            return;
        }
    }

    private void ThrowIfLinked(string path)
    {
        for (var part = path; part.Length > Path.Length; part = System.IO.Path.GetDirectoryName(part)!)
        {
            if (new FileInfo(part).LinkTarget is not null)
            {
                throw new BlobStoreException(Path, $"{part} is a symbolic link, and links are not followed. Remove it, or put what it points to in its place.");
            }
        }
    }
}
