namespace Armature.Rendering.Output;

/// <summary>
/// Who has which file of a site. Two that want one file, or one that wants as a folder what another wants as a file, are in conflict, and
/// none of them is preferred. Not thread-safe.
/// </summary>
internal sealed class OutputNames
{
    // By the key of a name.
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    /// <summary>Claims a file. It stays claimed when it is in conflict.</summary>
    /// <param name="path">The file's path in the site's folder, with '/'.</param>
    /// <param name="owner">Who claims it.</param>
    /// <returns>Who is in its way; empty when nobody is.</returns>
    public IReadOnlyList<string> Claim(string path, string owner)
    {
        var key = OutputName.KeyOf(path);
        var inTheWay = new HashSet<string>(StringComparer.Ordinal);
        if (!_files.TryAdd(key, owner))
        {
            inTheWay.Add(_files[key]);
        }

        if (_folders.Contains(key))
        {
            inTheWay.UnionWith(_files.Where(file => file.Key.StartsWith(key + "/", StringComparison.Ordinal)).Select(static file => file.Value));
        }

        foreach (var folder in FoldersOf(key))
        {
            _folders.Add(folder);
            if (_files.TryGetValue(folder, out var file))
            {
                inTheWay.Add(file);
            }
        }

        inTheWay.Remove(owner);
        return [.. inTheWay];
    }

    /// <summary>True when somebody has the file, or one that is in its way.</summary>
    public bool IsTaken(string path)
    {
        var key = OutputName.KeyOf(path);
        return _files.ContainsKey(key) || _folders.Contains(key) || FoldersOf(key).Any(_files.ContainsKey);
    }

    private static IEnumerable<string> FoldersOf(string key)
    {
        for (var slash = key.LastIndexOf('/'); slash > 0; slash = key.LastIndexOf('/', slash - 1))
        {
            yield return key[..slash];
        }
    }
}
