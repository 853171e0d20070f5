namespace Armature.Validation.Files;

/// <summary>Where a file of records is read from. Compressed ones (gzip) are recognised by their first bytes.</summary>
public sealed class FileSource
{
    private readonly Func<CancellationToken, Task<Stream>> _openAsync;

    private FileSource(string name, Func<CancellationToken, Task<Stream>> openAsync, bool canReopen)
    {
        Name = name;
        _openAsync = openAsync;
        CanReopen = canReopen;
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>Whether it can be read more than once.</summary>
    internal bool CanReopen { get; }

    /// <summary>A file of this machine.</summary>
    /// <param name="path">Its path. It must not be changed while it is checked.</param>
    public static FileSource FromPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(path, _ => Task.FromResult<Stream>(OpenFile(path)), canReopen: true);
    }

    /// <summary>Something that can be opened, more than once: it then has to give the same bytes.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="openAsync">Opens it; the stream is disposed of.</param>
    public static FileSource FromStreams(string name, Func<CancellationToken, Task<Stream>> openAsync)
    {
        ArgumentNullException.ThrowIfNull(openAsync);
        return new(name, openAsync, canReopen: true);
    }

    /// <summary>
    /// A stream that is read once. Where the file must be seen again (keys over the whole file, outputs), what is read is kept in
    /// a temporary file meanwhile.
    /// </summary>
    /// <param name="stream">The stream; not disposed of.</param>
    public static FileSource FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new("the stream", _ => Task.FromResult(stream), canReopen: false);
    }

    internal Task<Stream> OpenAsync(CancellationToken cancellationToken) => _openAsync(cancellationToken);

    // Reads are as large as the reader's own buffer. Of a folder the system says that access is denied, which sends its reader looking for rights.
    private static FileStream OpenFile(string path) => Directory.Exists(path)
        ? throw new IOException($"'{path}' is a folder. Give a file.")
        : new(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 0, Options = FileOptions.SequentialScan });
}
