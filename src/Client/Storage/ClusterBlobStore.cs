using System.Runtime.InteropServices;

namespace Armature.Storage;

/// <summary>
/// The silos' blob store, reached through the cluster in pieces of 1 MiB: for a client that cannot reach the store itself.
/// Names are those under the silos' <c>Armature:Storage:ClientPrefixes</c>.
/// </summary>
public sealed class ClusterBlobStore : IBlobStore
{
    private const int MaxAttempts = 3;

    private readonly IGrainFactory _grains;
    private readonly CallRetry _retry;
    private readonly BlobUploader _uploader;

    /// <summary>Creates the store of the cluster that the client is connected to.</summary>
    public ClusterBlobStore(IGrainFactory grains, TimeProvider timeProvider)
    {
        _grains = grains;
        _retry = new(timeProvider);
        _uploader = new(grains, _retry);
    }

    /// <inheritdoc/>
    public string Location => "the cluster";

    private IBlobDoorGrain Door => _grains.GetGrain<IBlobDoorGrain>(0);

    /// <inheritdoc/>
    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Check(name, cancellationToken);
        await using var stream = AsStream(content);
        await _uploader.PutAsync(name, stream, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        Check(name, cancellationToken);
        return _uploader.PutAsync(name, content, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Through the cluster only a blob of one piece, 1 MiB, can be created like this.</remarks>
    public Task<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Check(name, cancellationToken);
        return content.Length <= BlobPiece.MaxBytes
            ? Door.TryCreateAsync(name, new(0, content.ToArray()), cancellationToken)
            : throw new BlobTooLargeException(name, content.Length, BlobPiece.MaxBytes, "creating a blob through the cluster");
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string name, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        Check(name, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await GetOnceAsync(name, maxBytes, cancellationToken).ConfigureAwait(false);
            }
            catch (BlobChangedException) when (attempt < MaxAttempts)
            {
                continue;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<BlobRange?> ReadRangeAsync(string name, long offset, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Check(name, cancellationToken);
        if (await ReadPieceAsync(name, offset, count, cancellationToken).ConfigureAwait(false) is not { } first)
        {
            return null;
        }

        var bytes = new byte[Math.Clamp(first.Info.Length - offset, 0, count)];
        await FillAsync(bytes, first, offset, cancellationToken).ConfigureAwait(false);
        return new(first.Info, bytes);
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        Check(name, cancellationToken);
        return await ReadPieceAsync(name, 0, BlobPiece.MaxBytes, cancellationToken).ConfigureAwait(false) is { } first
            ? new ClusterBlobStream(first, (offset, token) => ReadSameAsync(first.Info, offset, token))
            : null;
    }

    /// <inheritdoc/>
    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken)
    {
        Check(name, cancellationToken);
        return _retry.CallAsync(token => Door.GetInfoAsync(name, token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>When the silo that did it is lost before it answers, the call is repeated and answers false.</remarks>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        Check(name, cancellationToken);
        return _retry.CallAsync(token => Door.DeleteAsync(name, token), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalidPrefix(prefix);
        cancellationToken.ThrowIfCancellationRequested();
        return _grains.GetGrain<IBlobListGrain>(Guid.NewGuid()).ListAsync(prefix, cancellationToken).WithBatchSize(1000);
    }

    private async Task<byte[]?> GetOnceAsync(string name, long maxBytes, CancellationToken cancellationToken)
    {
        if (await ReadPieceAsync(name, 0, BlobPiece.MaxBytes, cancellationToken).ConfigureAwait(false) is not { } first)
        {
            return null;
        }

        if (first.Info.Length > maxBytes)
        {
            throw new BlobTooLargeException(name, first.Info.Length, maxBytes, "its reader");
        }

        var bytes = new byte[first.Info.Length];
        await FillAsync(bytes, first, 0, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private async Task FillAsync(byte[] bytes, BlobRange first, long offset, CancellationToken cancellationToken)
    {
        first.Bytes.CopyTo(bytes, 0);
        for (var filled = first.Bytes.Length; filled < bytes.Length;)
        {
            var next = await ReadSameAsync(first.Info, offset + filled, cancellationToken).ConfigureAwait(false);
            var count = Math.Min(next.Bytes.Length, bytes.Length - filled);
            next.Bytes.AsSpan(0, count).CopyTo(bytes.AsSpan(filled));
            filled += count;
        }
    }

    // The next piece of the very blob that was begun with.
    private async Task<BlobRange> ReadSameAsync(BlobInfo begun, long offset, CancellationToken cancellationToken) =>
        await ReadPieceAsync(begun.Name, offset, BlobPiece.MaxBytes, cancellationToken).ConfigureAwait(false) is { } piece
        && piece.Info.Version == begun.Version
            ? piece
            : throw new BlobChangedException(begun.Name);

    private Task<BlobRange?> ReadPieceAsync(string name, long offset, int count, CancellationToken cancellationToken) =>
        _retry.CallAsync(token => Door.ReadAsync(name, offset, Math.Min(count, BlobPiece.MaxBytes), token), cancellationToken);

    private static void Check(string name, CancellationToken cancellationToken)
    {
        BlobName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false)
            : new(content.ToArray(), writable: false);
}
