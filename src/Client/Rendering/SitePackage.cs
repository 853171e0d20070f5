using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Armature.Rendering;

/// <summary>
/// A site's server bundle as an archive whose bytes depend on nothing but the files: the same build gives the same hash on every
/// machine. It is written again whenever it is sent, and not kept in memory.
/// </summary>
internal sealed class SitePackage
{
    private const int MaxFiles = 20_000;
    private const long MaxBytes = 1L << 30;

    // Node takes a .js file for a module only where a package.json says so, and the build's own stays outside of its output.
    private const string PackageName = "package.json";
    private static readonly byte[] PackageText = Encoding.UTF8.GetBytes("""{"type":"module"}""");

    private readonly SiteLayout _layout;
    private readonly string[] _names;

    private SitePackage(SiteLayout layout, string[] names)
    {
        _layout = layout;
        _names = names;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sink = new HashStream(hash);
        WriteTo(sink);
        Hash = Convert.ToHexStringLower(hash.GetHashAndReset());
        Bytes = sink.Length;
    }

    /// <summary>SHA-256 of the archive in lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>Bytes of the archive.</summary>
    public long Bytes { get; }

    /// <exception cref="RenderException">There are too many files, or too large ones.</exception>
    public static SitePackage Create(SiteLayout layout)
    {
        var folder = layout.ServerFolder;
        var files = new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false })
            .Take(MaxFiles + 1)
            .ToArray();
        var bytes = files.Sum(static file => file.Length);
        if (files.Length > MaxFiles || bytes > MaxBytes)
        {
            throw new RenderException(
                RenderErrorCodes.SiteUnusable,
                $"{folder} has more than {MaxFiles:N0} files or {MaxBytes >> 20:N0} MiB; a server bundle has neither. Give the folder that the build writes, without node_modules.");
        }

        if (new FileInfo(Path.Combine(folder, layout.Entry)).LinkTarget is not null)
        {
            throw new RenderException(RenderErrorCodes.SiteUnusable, $"{layout.Entry} in {folder} is a symbolic link, and links are not sent; let the build write the file itself.");
        }

        var names = files.Select(file => Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal);
        return new SitePackage(layout, [.. names.Select(name => Checked(folder, name))]);
    }

    /// <summary>Writes the archive.</summary>
    public void WriteTo(Stream target)
    {
        using var writer = new TarWriter(target, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var name in _names)
        {
            using var file = File.OpenRead(Path.Combine(_layout.ServerFolder, name));
            Write(writer, name, file);
        }

        if (_layout.Template is { } template)
        {
            using var file = File.OpenRead(template);
            Write(writer, SiteLayout.TemplateName, file);
        }

        if (!_names.Contains(PackageName, StringComparer.Ordinal))
        {
            using var text = new MemoryStream(PackageText);
            Write(writer, PackageName, text);
        }
    }

    // What every silo can unpack, on any system: an archive's header has 100 bytes for a file's name and 155 for its folder's.
    private static string Checked(string folder, string name)
    {
        var slash = name.LastIndexOf('/');
        return name.AsSpan().IndexOfAny('\\', ':') < 0 && Encoding.UTF8.GetByteCount(name.AsSpan(slash + 1)) <= 100 && Encoding.UTF8.GetByteCount(name.AsSpan(0, slash + 1)) <= 155
            ? name
            : throw new RenderException(
                RenderErrorCodes.SiteUnusable,
                $"The file {name} in {folder} cannot be sent: a name has at most 100 bytes, its folder's path 155, and neither a backslash nor a colon. Have the build give it another name.");
    }

    private static void Write(TarWriter writer, string name, Stream content) => writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
    {
        DataStream = content,
        ModificationTime = DateTimeOffset.UnixEpoch,
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });
}
