using Armature.Storage;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>Pages of results in the blob store.</summary>
internal sealed class BlobShelf(string batchId, IBlobStore blobs, Serializer serializer) : IPageShelf
{
    public async Task PutAsync(int page, PackedEntries entries) =>
        await blobs.PutAsync(Name(page), serializer.SerializeToArray(entries), CancellationToken.None);

    public async Task<PackedEntries> GetAsync(int page, CancellationToken cancellationToken)
    {
        var bytes = await blobs.GetAsync(Name(page), BatchLimits.MaxBlobEntryBytes, cancellationToken)
            ?? throw new BatchFailedException(batchId, $"its results in {Name(page)} are gone from the blob store.");
        return serializer.Deserialize<PackedEntries>(bytes)!;
    }

    private string Name(int page) => $"batches/{batchId}/pages/{page}";
}
