using Armature.Hosting;

namespace Armature.Storage;

public sealed class InMemoryBlobStoreTests : BlobStoreContract
{
    protected override Task<IBlobStore> CreateAsync(StorageOptions options) =>
        Task.FromResult<IBlobStore>(new InMemoryBlobStore(maxBlobBytes: options.MaxBlobBytes));
}
