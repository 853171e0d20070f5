using Orleans.Concurrency;

namespace Armature.Storage;

/// <summary>
/// One activation is one blob on its way from a client to the silos' store, in pieces. The key is the upload's id, which the
/// client makes up. The blob is written whole when it is complete, and not at all when no piece comes for two minutes.
/// </summary>
[Alias("armature.storage.blob-upload")]
public interface IBlobUploadGrain : IGrainWithGuidKey
{
    /// <summary>Takes the next piece; one that it has already is passed over. May be repeated.</summary>
    /// <returns>The offset from which to go on. The same as before: the silo is busy, send the piece again.</returns>
    /// <exception cref="BlobNotAllowedException">The name is not under an allowed prefix.</exception>
    /// <exception cref="BlobTooLargeException">The piece, or the blob with it, is too large.</exception>
    /// <exception cref="BlobUploadLostException">Earlier pieces are gone.</exception>
    [Alias("append"), ResponseTimeout("00:00:10")]
    Task<long> AppendAsync(string name, BlobPiece piece, CancellationToken cancellationToken);

    /// <summary>Says that all pieces were sent, and waits two seconds at most for the store. May be repeated.</summary>
    /// <returns>True when the blob is written; false when the store still works on it: ask again.</returns>
    /// <exception cref="BlobUploadLostException">Pieces are missing.</exception>
    [Alias("complete"), ResponseTimeout("00:00:10")]
    Task<bool> CompleteAsync(string name, long length, CancellationToken cancellationToken);

    /// <summary>Gives the upload up: nothing is written.</summary>
    [Alias("abort"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task AbortAsync(CancellationToken cancellationToken);
}
