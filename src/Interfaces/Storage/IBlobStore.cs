namespace Armature.Storage;

/// <summary>
/// Large immutable bytes by name. One of the two seams through which anything outlives a process.
/// A name is 1 to 512 characters: segments of a-z, A-Z, 0-9, '-', '_' and '.' separated by '/', no segment empty, "." or "..".
/// </summary>
public interface IBlobStore
{
    /// <summary>Writes a blob, whole or not at all. An existing one of that name is replaced.</summary>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Writes a blob from a stream, whole or not at all. An existing one of that name is replaced.</summary>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    Task PutAsync(string name, Stream content, CancellationToken cancellationToken);

    /// <summary>Reads a whole blob; null when there is none.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="maxBytes">The most that may be read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="BlobTooLargeException">The blob is larger than <paramref name="maxBytes"/>.</exception>
    Task<byte[]?> GetAsync(string name, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading; null when there is none. The caller disposes the stream.</summary>
    Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>The blob's length in bytes and the time of its last write; null when there is none.</summary>
    Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; false when there was none.</summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>The blobs whose names start with a prefix, in no order.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken);
}
