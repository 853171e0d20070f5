namespace Armature.Images;

/// <summary>Finds a font of the operating system.</summary>
internal static class SystemFonts
{
    /// <summary>Plain sans-serif faces, the widest coverage first.</summary>
    private static readonly string[] Preferred =
    [
        "DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Roboto-Regular.ttf", "Arial.ttf", "Helvetica.ttc",
    ];

    private static readonly EnumerationOptions Walk = new() { RecurseSubdirectories = true, MaxRecursionDepth = 6, IgnoreInaccessible = true };

    public static IReadOnlyList<string> Directories { get; } =
    [
        .. new[]
        {
            Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
            Home(".fonts"), Home(".local/share/fonts"), Home("Library/Fonts"),
            "/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts",
        }.Where(directory => directory.Length > 0),
    ];

    /// <summary>The path of a font; null when there is none.</summary>
    public static string? Find(IReadOnlyList<string> directories)
    {
        var files = directories
            .Where(Directory.Exists)
            .SelectMany(directory => Directory.EnumerateFiles(directory, "*", Walk))
            .Where(file => Path.GetExtension(file).ToUpperInvariant() is ".TTF" or ".OTF" or ".TTC")
            .Order(StringComparer.Ordinal)
            .ToArray();
        return Preferred
            .Select(name => Array.Find(files, file => string.Equals(Path.GetFileName(file), name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(file => file is not null) ?? files.FirstOrDefault();
    }

    private static string Home(string path) =>
        Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path);
}
