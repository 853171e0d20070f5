using Armature.Hosting;

namespace Armature.Storage;

/// <summary>Through the cluster a store does what it does at home.</summary>
public sealed class ClusterBlobStoreContractTests(OpenStorageCluster cluster) : BlobStoreContract, IClassFixture<OpenStorageCluster>
{
    protected override int Histories => 30;

    protected override Task<IBlobStore> CreateAsync(StorageOptions options)
    {
        cluster.SiloStore = new InMemoryBlobStore(maxBlobBytes: options.MaxBlobBytes);
        return Task.FromResult<IBlobStore>(cluster.ClientStore);
    }
}
