using Armature.Clustering;

namespace Armature.Storage;

public sealed class BlobStoreIdentityTests
{
    private readonly InMemoryClusterIdentity _cluster = new();

    [Fact]
    public async Task VerifyAsync_FirstSiloOfACluster_GivesStoreAndClusterOneIdentity()
    {
        var store = new InMemoryBlobStore();

        await new BlobStoreIdentity(store, _cluster).VerifyAsync(CancellationToken.None);

        var id = await store.GetAsync(BlobStoreIdentity.BlobName, 64, CancellationToken.None);
        (await _cluster.AgreeAsync("blob-store-id", "other", CancellationToken.None)).ShouldBe(System.Text.Encoding.UTF8.GetString(id!));
    }

    [Fact]
    public async Task VerifyAsync_ManySilosAtOnceOnOneStore_AllJoin()
    {
        var store = new InMemoryBlobStore();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            Task.Run(() => new BlobStoreIdentity(store, _cluster).VerifyAsync(CancellationToken.None))));

        (await store.GetInfoAsync(BlobStoreIdentity.BlobName, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task VerifyAsync_AnotherStoreThanTheClusters_RefusesAndSaysWhatToDo()
    {
        await new BlobStoreIdentity(new InMemoryBlobStore(), _cluster).VerifyAsync(CancellationToken.None);

        var thrown = await Should.ThrowAsync<BlobStoreMismatchException>(() =>
            new BlobStoreIdentity(new InMemoryBlobStore(), _cluster).VerifyAsync(CancellationToken.None));

        thrown.StoreId.ShouldNotBe(thrown.ClusterStoreId);
        thrown.Location.ShouldBe("memory");
        thrown.Message.ShouldContain("Armature:Storage:Folder");
        thrown.Message.ShouldContain("If the store was replaced on purpose, stop the silo.");
    }

    [Fact]
    public async Task VerifyAsync_ClusterThatForgot_TakesTheStoresIdentityAgain()
    {
        var store = new InMemoryBlobStore();
        await new BlobStoreIdentity(store, _cluster).VerifyAsync(CancellationToken.None);
        var id = await store.GetAsync(BlobStoreIdentity.BlobName, 64, CancellationToken.None);

        await new BlobStoreIdentity(store, new InMemoryClusterIdentity()).VerifyAsync(CancellationToken.None);

        (await store.GetAsync(BlobStoreIdentity.BlobName, 64, CancellationToken.None)).ShouldBe(id);
    }
}
