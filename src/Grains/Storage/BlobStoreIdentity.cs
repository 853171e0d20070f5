using System.Text;
using Armature.Clustering;

namespace Armature.Storage;

/// <summary>Proves at the start of a silo that it sees the same blob store as the rest of its cluster.</summary>
internal sealed class BlobStoreIdentity(IBlobStore store, IClusterIdentity cluster) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>The blob that holds the store's identity.</summary>
    public const string BlobName = "armature/store-id";

    private const string AgreedName = "blob-store-id";
    private const int MaxIdBytes = 64;

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(BlobStoreIdentity), ServiceLifecycleStage.RuntimeInitialize, VerifyAsync);

    /// <summary>Returns when the store is the cluster's, or the first that the cluster sees.</summary>
    /// <exception cref="BlobStoreMismatchException">It is another.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        var storeId = await ReadOrCreateAsync(cancellationToken);
        var agreed = await cluster.AgreeAsync(AgreedName, storeId, cancellationToken);
        if (agreed != storeId)
        {
            throw new BlobStoreMismatchException(store.Location, storeId, agreed, cluster.HowToForget(AgreedName));
        }
    }

    private async Task<string> ReadOrCreateAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is { } existing)
        {
            return existing;
        }

        await store.TryCreateAsync(BlobName, Encoding.UTF8.GetBytes(Guid.NewGuid().ToString("N")), cancellationToken);

        // Another silo may have been the one that created it.
        return await ReadAsync(cancellationToken)
            ?? throw new BlobStoreException(store.Location, $"{BlobName} was written and is not there. Something deletes it, or the store is not one store.");
    }

    private async Task<string?> ReadAsync(CancellationToken cancellationToken) =>
        await store.GetAsync(BlobName, MaxIdBytes, cancellationToken) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
