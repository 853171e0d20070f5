using System.Security.Cryptography;

namespace Armature.Rendering.Output;

/// <summary>Writes the files of one version. Thread-safe; no file is ever replaced.</summary>
/// <param name="site">The folder of the version's files.</param>
/// <param name="lastSite">The folder of the last version's files; null when there is none.</param>
/// <param name="variants">Whether files of text get compressed variants.</param>
internal sealed class SiteWriter(string site, string? lastSite, FileVariants variants)
{
    private long _bytesWritten;

    /// <summary>Bytes that were written so far; files that are linked to the last version's cost none.</summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>Writes a file and its variants.</summary>
    /// <param name="path">Its path in the site's folder, with '/'.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="IOException">There is such a file, or the disk is full.</exception>
    public IReadOnlyList<RecordedFile> Write(string path, byte[] content)
    {
        var files = new List<RecordedFile> { WriteOne(path, content) };
        if (variants is FileVariants.Compressed)
        {
            files.AddRange(CompressedVariant.Create(path, content).Select(variant => WriteOne(path + variant.Ending, variant.Content)));
        }

        return files;
    }

    /// <summary>Reads a file of the last version, when it is still what was written.</summary>
    public byte[]? TryReadLast(RecordedFile file)
    {
        if (lastSite is null || FullPath(lastSite, file.Path) is not { } path)
        {
            return null;
        }

        try
        {
            // A link that someone put in the place of a file is no file of ours.
            if ((File.GetAttributes(path) & (FileAttributes.ReparsePoint | FileAttributes.Directory)) != 0)
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

    /// <summary>Takes over a file of the last version and its variants.</summary>
    /// <param name="files">The files as they were recorded. The first is known to be what was written.</param>
    /// <param name="path">The path that the file gets.</param>
    /// <param name="content">The first file's bytes.</param>
    public IReadOnlyList<RecordedFile> Keep(IReadOnlyList<RecordedFile> files, string path, byte[] content)
    {
        var wanted = variants is FileVariants.Compressed ? files.Skip(1).ToArray() : [];
        var hasVariants = variants is FileVariants.None || (files.Count > 1 && wanted.All(variant => TryReadLast(variant) is not null));
        if (!hasVariants && CompressedVariant.IsText(path))
        {
            return Write(path, content);
        }

        return [LinkOne(files[0], path), .. wanted.Select(variant => LinkOne(variant, path + Path.GetExtension(variant.Path)))];
    }

    /// <summary>Writes a file as it comes, without variants.</summary>
    /// <exception cref="IOException">There is such a file, or the disk is full.</exception>
    public void Write(string path, Stream content)
    {
        using var file = new FileStream(Prepare(path), FileMode.CreateNew, FileAccess.Write);
        content.CopyTo(file);
        Interlocked.Add(ref _bytesWritten, file.Length);
    }

    /// <summary>Removes files that were written.</summary>
    public void Remove(IEnumerable<RecordedFile> files)
    {
        foreach (var file in files)
        {
            File.Delete(FullPath(site, file.Path)!);
        }
    }

    /// <summary>The SHA-256 of a file's bytes.</summary>
    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private RecordedFile WriteOne(string path, byte[] content)
    {
        var full = Prepare(path);
        using (var file = File.OpenHandle(full, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(file, content, 0);
        }

        Interlocked.Add(ref _bytesWritten, content.Length);
        return new(path, HashOf(content));
    }

    private RecordedFile LinkOne(RecordedFile file, string path)
    {
        FileLink.LinkOrCopy(FullPath(lastSite!, file.Path)!, Prepare(path));
        return file with { Path = path };
    }

    private string Prepare(string path)
    {
        var full = FullPath(site, path) ?? throw new IOException($"'{path}' is outside of the site's folder.");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    private static string? FullPath(string folder, string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar)));
        return full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? full : null;
    }
}
