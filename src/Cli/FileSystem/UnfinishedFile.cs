namespace Armature.FileSystem;

/// <summary>
/// A file that is written piece by piece, and whole or not at all: into a hidden file of the same folder, which then takes the name. What
/// a killed process leaves behind is hidden and is never taken for an output or an input.
/// </summary>
internal sealed class UnfinishedFile : IAsyncDisposable
{
    /// <summary>How the names of unfinished files begin.</summary>
    public const string Prefix = ".armature-unfinished-";

    private readonly string _unfinished;
    private readonly FileStream _stream;

    private UnfinishedFile(string path, string unfinished)
    {
        Path = path;
        _unfinished = unfinished;
        _stream = File.Create(unfinished);
    }

    /// <summary>The name that it takes.</summary>
    public string Path { get; }

    /// <summary>What is written.</summary>
    public Stream Stream => _stream;

    /// <summary>Begins a file; a missing folder is made.</summary>
    public static UnfinishedFile Create(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        return new(path, System.IO.Path.Combine(folder, Prefix + Guid.NewGuid().ToString("N")));
    }

    /// <summary>Gives it its name; a file of that name is replaced.</summary>
    public async Task KeepAsync()
    {
        await _stream.DisposeAsync();
        File.Move(_unfinished, Path, overwrite: true);
    }

    /// <summary>Removes it, if it was not kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        File.Delete(_unfinished);
    }
}
