using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Armature.Hosting;

namespace Armature.Storage;

/// <summary>Blobs in this process's memory: for tests, and for a silo alone that need not keep anything.</summary>
public sealed class InMemoryBlobStore(TimeProvider? timeProvider = null, long maxBlobBytes = 256L << 20) : IBlobStore
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;
    private long _version;

    /// <inheritdoc/>
    public string Location => "memory";

    /// <inheritdoc/>
    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _entries[name] = Enter(name, content, cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalid(name);
        ArgumentNullException.ThrowIfNull(content);
        using var buffer = new MemoryStream();
        await using var limited = new LengthLimitedStream(name, content, maxBlobBytes, StorageOptions.MaxBlobBytesName);
        await limited.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        await PutAsync(name, buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Task.FromResult(_entries.TryAdd(name, Enter(name, content, cancellationToken)));

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string name, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        if (Find(name, cancellationToken) is not { } entry)
        {
            return Task.FromResult<byte[]?>(null);
        }

        return entry.Bytes.LongLength <= maxBytes
            ? Task.FromResult<byte[]?>([.. entry.Bytes])
            : throw new BlobTooLargeException(name, entry.Bytes.LongLength, maxBytes, "its reader");
    }

    /// <inheritdoc/>
    public Task<BlobRange?> ReadRangeAsync(string name, long offset, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (Find(name, cancellationToken) is not { } entry)
        {
            return Task.FromResult<BlobRange?>(null);
        }

        var start = (int)Math.Min(offset, entry.Bytes.Length);
        var end = (int)Math.Min((long)start + count, entry.Bytes.Length);
        return Task.FromResult<BlobRange?>(new(entry.Info, entry.Bytes[start..end]));
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Find(name, cancellationToken) is { } entry ? new MemoryStream(entry.Bytes, writable: false) : null);

    /// <inheritdoc/>
    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Find(name, cancellationToken)?.Info);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_entries.TryRemove(name, out _));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalidPrefix(prefix);
        return List(prefix, cancellationToken);
    }

    private async IAsyncEnumerable<BlobInfo> List(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (name, entry) in _entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return entry.Info;
            }
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    private Entry Enter(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        if (content.Length > maxBlobBytes)
        {
            throw new BlobTooLargeException(name, content.Length, maxBlobBytes, StorageOptions.MaxBlobBytesName);
        }

        var version = Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
        return new(content.ToArray(), new(name, content.Length, _timeProvider.GetUtcNow(), version));
    }

    private Entry? Find(string name, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        return _entries.GetValueOrDefault(name);
    }

    private sealed record Entry(byte[] Bytes, BlobInfo Info);
}
