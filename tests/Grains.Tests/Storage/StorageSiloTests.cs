using Armature.Clustering;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Armature.Storage;

public sealed class StorageSiloTests
{
    [Fact]
    public async Task StartAsync_StoreThatIsNotTheClusters_SiloDoesNotStart()
    {
        var cluster = new InMemoryClusterIdentity();
        await cluster.AgreeAsync("blob-store-id", "another", CancellationToken.None);

        var thrown = await Should.ThrowAsync<Exception>(() => ArmatureCluster.StartAsync(
            services: services => services.AddSingleton<IClusterIdentity>(cluster),
            silo: silo => silo.AddStorage()));

        thrown.ToString().ShouldContain("is not the one that the cluster's silos use");
    }

    [Fact]
    public async Task StartAsync_SilosOfOneStore_AllStart()
    {
        var identity = new InMemoryClusterIdentity();

        await using var cluster = await ArmatureCluster.StartAsync(
            silos: 3,
            services: services => services.AddSingleton<IClusterIdentity>(identity),
            silo: silo => silo.AddStorage());

        (await cluster.Blobs.GetInfoAsync(BlobStoreIdentity.BlobName, CancellationToken.None)).ShouldNotBeNull();
    }
}
