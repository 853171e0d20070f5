namespace Armature.Rendering.Output;

/// <summary>Writes the files of one version. Thread-safe; no file is ever replaced.</summary>
/// <param name="site">The folder of the version's files.</param>
/// <param name="lastSite">The folder of the last version's files; null when there is none.</param>
/// <param name="retired">A version that is not kept any more; null when there is none.</param>
/// <param name="variants">Whether files of text get compressed variants.</param>
internal sealed class SiteWriter(string site, string? lastSite, RetiredSite? retired, FileVariants variants)
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
    public byte[]? TryReadLast(RecordedFile file) => lastSite is null ? null : SiteFile.TryRead(lastSite, file);

    /// <summary>Takes over a file of the last version and its variants: from the retired one where that has them too, and else by links.</summary>
    /// <param name="files">The files as they were recorded.</param>
    /// <param name="path">The path that the file gets.</param>
    /// <param name="taken">The files as they are now.</param>
    /// <returns>The file's bytes; null when it is not what was written.</returns>
    public byte[]? TryTakeOver(IReadOnlyList<RecordedFile> files, string path, out IReadOnlyList<RecordedFile> taken)
    {
        taken = files;
        if (TryMove(files, path) is { } moved)
        {
            return moved;
        }

        var content = TryReadLast(files[0]);
        taken = content is null ? [] : Keep(files, path, content);
        return content;
    }

    /// <summary>Links a file of the last version and its variants.</summary>
    /// <param name="files">The files as they were recorded. The first is known to be what was written.</param>
    /// <param name="path">The path that the file gets.</param>
    /// <param name="content">The first file's bytes.</param>
    public IReadOnlyList<RecordedFile> Keep(IReadOnlyList<RecordedFile> files, string path, byte[] content)
    {
        var wanted = variants is FileVariants.Compressed ? files.Skip(1).ToArray() : [];
        if (LacksVariants(files, path) || !wanted.All(variant => TryReadLast(variant) is not null))
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
            File.Delete(SiteFile.PathIn(site, file.Path)!);
        }
    }

    private RecordedFile WriteOne(string path, byte[] content)
    {
        var full = Prepare(path);
        using (var file = File.OpenHandle(full, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(file, content, 0);
        }

        Interlocked.Add(ref _bytesWritten, content.Length);
        return new(path, SiteFile.HashOf(content));
    }

    private RecordedFile LinkOne(RecordedFile file, string path)
    {
        FileLink.LinkOrCopy(SiteFile.PathIn(lastSite!, file.Path)!, Prepare(path));
        return file with { Path = path };
    }

    private byte[]? TryMove(IReadOnlyList<RecordedFile> files, string path)
    {
        if (retired is null || files[0].Path != path || HasOtherVariants(files, path) || Path.GetDirectoryName(SiteFile.PathIn(site, path)) is not { } folder || folder == site)
        {
            return null;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        return retired.TryMove(files, folder);
    }

    private string Prepare(string path)
    {
        var full = SiteFile.PathIn(site, path) ?? throw new IOException($"'{path}' is outside of the site's folder.");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    private bool LacksVariants(IReadOnlyList<RecordedFile> files, string path) => variants is FileVariants.Compressed && files.Count == 1 && CompressedVariant.IsText(path);

    private bool HasOtherVariants(IReadOnlyList<RecordedFile> files, string path) => LacksVariants(files, path) || (variants is FileVariants.None && files.Count > 1);
}
