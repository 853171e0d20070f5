namespace Armature.Storage;

/// <summary>One activation is one listing of the silos' store for a client. The key is the listing's id, which the client makes up.</summary>
[Alias("armature.storage.blob-list")]
public interface IBlobListGrain : IGrainWithGuidKey
{
    /// <summary>The blobs whose names start with a prefix.</summary>
    /// <exception cref="BlobNotAllowedException">The prefix is not under an allowed one.</exception>
    [Alias("list")]
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken);
}
