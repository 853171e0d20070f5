using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>A file that is opened up to several times. What can be read once only is kept in a temporary file while it is read first.</summary>
internal sealed class FileOpening(FileSource source, FileValidationOptions options, int chunkBytes, bool isReadAgain) : IAsyncDisposable
{
    private Stream? _pipe;
    private FileStream? _kept;
    private (long Length, DateTime Written)? _stamp;

    /// <summary>The bytes of the file as it lies there; null when nobody knows.</summary>
    public long? Length { get; private set; }

    /// <summary>False when a file of this machine has another length or time than when it was opened before.</summary>
    public bool IsAsBefore { get; private set; } = true;

    /// <summary>Opens the file, at its beginning.</summary>
    /// <exception cref="RecordFileException">It is no file of records.</exception>
    public async Task<RecordSource> OpenAsync(CancellationToken cancellationToken)
    {
        var stream = await OpenStreamAsync(cancellationToken);
        Length = stream.CanSeek ? stream.Length : null;
        return await RecordSource.OpenAsync(stream, options.Format, options.Limits, chunkBytes, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await (_pipe?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_kept?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    // It has a path, as '/dev/stdin' does, and can be read once all the same.
    private static bool IsPipe(Stream stream) => stream is FileStream { CanSeek: false };

    private async Task<Stream> OpenStreamAsync(CancellationToken cancellationToken)
    {
        if (_kept is not null)
        {
            _kept.Position = 0;
            return new UnownedStream(_kept);
        }

        var stream = await source.OpenAsync(cancellationToken);
        if (source.CanReopen && !(isReadAgain && IsPipe(stream)))
        {
            Compare(stream);
            return stream;
        }

        if (!isReadAgain)
        {
            return new UnownedStream(stream);
        }

        _pipe = source.CanReopen ? stream : null;
        _kept = TemporaryFile.Create();
        return new KeepingStream(stream, _kept);
    }

    private void Compare(Stream stream)
    {
        if (stream is FileStream { CanSeek: true } file)
        {
            var stamp = (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
            IsAsBefore = _stamp is null || _stamp == stamp;
            _stamp = stamp;
        }
    }
}
