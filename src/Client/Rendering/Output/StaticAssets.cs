namespace Armature.Rendering.Output;

/// <summary>The static files of a site, which lie beside its pages.</summary>
internal sealed class StaticAssets
{
    // Read whole for their variants; what is larger is copied as it is.
    private const int MaxCompressedBytes = 16 << 20;

    private readonly string? _folder;

    private readonly HashSet<string> _paths;

    private StaticAssets(string? folder, IReadOnlyList<string> paths)
    {
        _folder = folder;
        Paths = paths;
        _paths = paths.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The files' paths, with '/'.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Looks for the files. Links are left out: what they lead to may be none of the site's.</summary>
    /// <param name="folder">The folder of static files; null when the site has none.</param>
    public static StaticAssets Find(string? folder)
    {
        if (folder is null)
        {
            return new(null, []);
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var paths = Directory.EnumerateFiles(folder, "*", options).Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'));
        return new(folder, [.. paths.Order(StringComparer.Ordinal)]);
    }

    /// <summary>True when there is a file of this path.</summary>
    public bool Has(string path) => _paths.Contains(path);

    /// <summary>Copies one file, with the variants that it has not got itself.</summary>
    public IReadOnlyList<RecordedFile> Copy(string path, SiteWriter writer, SiteRecord last, FileVariants variants)
    {
        using var file = Open(Path.Combine(_folder!, path));
        if (variants is FileVariants.None || !CompressedVariant.IsText(path) || CompressedVariant.Endings.Any(ending => Has(path + ending)) || file.Length > MaxCompressedBytes)
        {
            writer.Write(path, file);
            return [];
        }

        var content = new byte[file.Length];
        file.ReadExactly(content);
        return last.Assets.GetValueOrDefault(path) is { } files && files[0].Hash == SiteFile.HashOf(content) && writer.TryReadLast(files[0]) is not null
            ? writer.Keep(files, path, content)
            : writer.Write(path, content);
    }

    private static FileStream Open(string source)
    {
        try
        {
            return File.OpenRead(source);
        }
        catch (Exception e) when (DiskFailure.IsOf(e))
        {
            throw new RenderException(RenderErrorCodes.SiteUnusable, $"The static file '{source}' cannot be read: {e.Message} Run again when the build has ended.", e);
        }
    }
}
