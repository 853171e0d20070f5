namespace Armature.Storage;

/// <summary>
/// Large immutable bytes by name. One of the two seams through which anything outlives a process. Names are those that
/// <see cref="BlobName"/> allows; every method throws <see cref="ArgumentException"/> for another.
/// </summary>
/// <remarks>
/// Calls for one name may overlap: a reader sees one whole blob or none, and of several writers one is the last.
/// A cancelled or failed write leaves what was there before.
/// </remarks>
public interface IBlobStore
{
    /// <summary>Where the blobs are, for messages and logs. It holds no secret.</summary>
    string Location { get; }

    /// <summary>Writes a blob, whole or not at all. An existing one of that name is replaced.</summary>
    /// <exception cref="BlobTooLargeException">The content is larger than the store's limit.</exception>
    Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Writes a blob from a stream, whole or not at all. An existing one of that name is replaced.</summary>
    /// <exception cref="BlobTooLargeException">The content is larger than the store's limit.</exception>
    Task PutAsync(string name, Stream content, CancellationToken cancellationToken);

    /// <summary>Writes a blob unless there is one of that name. Of several callers at once one creates it.</summary>
    /// <returns>False when there was one: it is as it was.</returns>
    /// <exception cref="BlobTooLargeException">The content is larger than the store's limit.</exception>
    Task<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Reads a whole blob; null when there is none.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="maxBytes">The most that may be read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="BlobTooLargeException">The blob is larger than <paramref name="maxBytes"/>.</exception>
    Task<byte[]?> GetAsync(string name, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Reads a part of a blob; null when there is none. Fewer bytes than asked for mean that the blob ends there.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="offset">Where the part starts; at or after the end it is empty.</param>
    /// <param name="count">How many bytes to read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<BlobRange?> ReadRangeAsync(string name, long offset, int count, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading; null when there is none. The caller disposes the stream.</summary>
    Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>What is known of a blob without reading it; null when there is none.</summary>
    Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a blob; false when there was none. Who reads it at that time reads on, or is told by a
    /// <see cref="BlobChangedException"/>.
    /// </summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>The blobs whose names start with a prefix, in no order. Those written or deleted meanwhile may be there or not.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken);
}
