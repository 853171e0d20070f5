namespace Armature.FileSystem;

/// <summary>Where a path really leads, with every symbolic link on the way followed.</summary>
internal static class RealPath
{
    /// <summary>How this system's file names compare.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The path without links. What does not exist yet is taken as it is written.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full) ?? "";
        var current = root;
        foreach (var name in full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            current = Path.Combine(current, name);
            if (new FileInfo(current).LinkTarget is not null && File.ResolveLinkTarget(current, returnFinalTarget: true) is { } target)
            {
                current = Of(target.FullName);
            }
        }

        return current;
    }

    /// <summary>True when a path is a folder or lies under it. Both are real paths.</summary>
    public static bool IsWithin(string path, string folder)
    {
        var comparison = Comparer == StringComparer.Ordinal ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return Comparer.Equals(path, folder)
            || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, comparison);
    }
}
