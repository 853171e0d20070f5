using System.Runtime.CompilerServices;
using Armature.Hosting;

namespace Armature.Storage;

/// <summary>
/// Blobs as files of one folder, which several processes and machines may share. A blob is written to a temporary file beside
/// and then renamed, so a reader sees a whole one or none.
/// </summary>
public sealed class FolderBlobStore : IBlobStore
{
    private const int CopyBufferBytes = 128 << 10;

    private readonly FolderRoot _root;
    private readonly StorageOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Opens the folder, which is made when it is not there, and removes what dead writers left in it.</summary>
    /// <exception cref="BlobStoreException">The folder cannot be written to.</exception>
    public FolderBlobStore(string path, StorageOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _timeProvider = timeProvider;
        _root = FolderRoot.Open(path);
        _root.RemoveUnfinished(timeProvider.GetUtcNow() - options.UnfinishedRetention);
    }

    /// <inheritdoc/>
    public string Location => _root.Path;

    /// <inheritdoc/>
    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ThrowIfTooLarge(name, content.Length);
        await WriteAsync(name, file => file.WriteAsync(content, cancellationToken), FolderWrite.Replace, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        await using var limited = new LengthLimitedStream(name, content, _options.MaxBlobBytes, StorageOptions.MaxBlobBytesName);
        await WriteAsync(
            name,
            file => new(limited.CopyToAsync(file, CopyBufferBytes, cancellationToken)),
            FolderWrite.Replace,
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ThrowIfTooLarge(name, content.Length);
        return await WriteAsync(name, file => file.WriteAsync(content, cancellationToken), FolderWrite.Create, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string name, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        await using var file = Open(name, cancellationToken);
        if (file is null)
        {
            return null;
        }

        if (file.Length > maxBytes)
        {
            throw new BlobTooLargeException(name, file.Length, maxBytes, "its reader");
        }

        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    /// <inheritdoc/>
    public async Task<BlobRange?> ReadRangeAsync(string name, long offset, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        await using var file = Open(name, cancellationToken);
        if (file is null)
        {
            return null;
        }

        var bytes = new byte[Math.Clamp(file.Length - offset, 0, count)];
        file.Position = Math.Min(offset, file.Length);
        await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return new(FolderListing.Describe(name, file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle)), bytes);
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Open(name, cancellationToken));

    /// <inheritdoc/>
    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        var file = new FileInfo(_root.Resolve(name));
        return Task.FromResult(file.Exists ? FolderListing.Describe(name, file.Length, file.LastWriteTimeUtc) : null);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_root.Delete(name));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalidPrefix(prefix);
        return List(prefix, cancellationToken);
    }

    private async IAsyncEnumerable<BlobInfo> List(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folders = new Stack<string>([prefix[..(prefix.LastIndexOf('/') + 1)]]);
        while (folders.TryPop(out var folder))
        {
            var listing = await Task.Run(() => FolderListing.Read(_root, folder), cancellationToken).ConfigureAwait(false);
            foreach (var subfolder in listing.Folders.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                folders.Push(subfolder);
            }

            foreach (var blob in listing.Blobs.Where(blob => blob.Name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return blob;
            }
        }
    }

    private async Task<bool> WriteAsync(
        string name, Func<FileStream, ValueTask> write, FolderWrite mode, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        var unfinished = _root.NewUnfinishedPath();
        try
        {
            await WriteUnfinishedAsync(unfinished, write).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return _root.Finish(unfinished, name, mode);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private async Task WriteUnfinishedAsync(string unfinished, Func<FileStream, ValueTask> write)
    {
        await using var file = new FileStream(
            unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        await write(file).ConfigureAwait(false);

        // The system's own mark is as coarse as 4 ms: two writes could not be told apart by it.
        File.SetLastWriteTimeUtc(file.SafeFileHandle, _timeProvider.GetUtcNow().UtcDateTime);
        if (_options.FlushToDisk)
        {
            file.Flush(flushToDisk: true);
        }
    }

    private FileStream? Open(string name, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return new(
                _root.Resolve(name),
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0,
                FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void ThrowIfTooLarge(string name, long length)
    {
        if (length > _options.MaxBlobBytes)
        {
            throw new BlobTooLargeException(name, length, _options.MaxBlobBytes, StorageOptions.MaxBlobBytesName);
        }
    }
}
