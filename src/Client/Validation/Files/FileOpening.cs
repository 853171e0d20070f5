using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>A file that is opened up to several times. What can be read once only is kept in a temporary file while it is read first.</summary>
internal sealed class FileOpening(FileSource source, FileValidationOptions options, int chunkBytes, bool isReadAgain) : IAsyncDisposable
{
    private FileStream? _kept;

    /// <summary>The bytes of the file as it lies there; null when nobody knows.</summary>
    public long? Length { get; private set; }

    /// <summary>Opens the file, at its beginning.</summary>
    /// <exception cref="RecordFileException">It is no file of records.</exception>
    public async Task<RecordSource> OpenAsync(CancellationToken cancellationToken)
    {
        var stream = await OpenStreamAsync(cancellationToken);
        Length = stream.CanSeek ? stream.Length : null;
        return await RecordSource.OpenAsync(stream, options.Format, options.Limits, chunkBytes, cancellationToken);
    }

    public ValueTask DisposeAsync() => _kept?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<Stream> OpenStreamAsync(CancellationToken cancellationToken)
    {
        if (_kept is not null)
        {
            _kept.Position = 0;
            return new UnownedStream(_kept);
        }

        var stream = await source.OpenAsync(cancellationToken);
        if (source.CanReopen)
        {
            return stream;
        }

        if (!isReadAgain)
        {
            return new UnownedStream(stream);
        }

        _kept = TemporaryFile.Create();
        return new KeepingStream(stream, _kept);
    }
}
