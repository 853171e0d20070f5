namespace Armature.Storage;

/// <summary>
/// One activation is a door to the silos' blob store, for clients that cannot reach it themselves. The key is always 0. It opens
/// for names under <c>Armature:Storage:ClientPrefixes</c> only, and nothing larger than a piece passes at a time.
/// </summary>
[Alias("armature.storage.blob-door")]
public interface IBlobDoorGrain : IGrainWithIntegerKey
{
    /// <summary>Writes a blob of one piece. May be repeated.</summary>
    /// <exception cref="BlobNotAllowedException">The name is not under an allowed prefix.</exception>
    /// <exception cref="BlobTooLargeException">The piece is too large.</exception>
    [Alias("put"), ResponseTimeout("00:00:10")]
    Task PutAsync(string name, BlobPiece whole, CancellationToken cancellationToken);

    /// <summary>Writes a blob of one piece unless there is one of that name.</summary>
    /// <exception cref="BlobNotAllowedException">The name is not under an allowed prefix.</exception>
    /// <exception cref="BlobTooLargeException">The piece is too large.</exception>
    [Alias("try-create"), ResponseTimeout("00:00:10")]
    Task<bool> TryCreateAsync(string name, BlobPiece whole, CancellationToken cancellationToken);

    /// <summary>Reads a part of a blob, of one piece at most; null when there is none.</summary>
    /// <exception cref="BlobNotAllowedException">The name is not under an allowed prefix.</exception>
    [Alias("read"), ResponseTimeout("00:00:10")]
    Task<BlobRange?> ReadAsync(string name, long offset, int count, CancellationToken cancellationToken);

    /// <summary>What is known of a blob; null when there is none.</summary>
    /// <exception cref="BlobNotAllowedException">The name is not under an allowed prefix.</exception>
    [Alias("get-info"), ResponseTimeout("00:00:10")]
    Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; false when there was none.</summary>
    /// <exception cref="BlobNotAllowedException">The name is not under an allowed prefix.</exception>
    [Alias("delete"), ResponseTimeout("00:00:10")]
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}
