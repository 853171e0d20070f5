using Armature.Batching;
using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Armature.Testing;

/// <summary>Silos in this process, with the batch engine and a client from outside. Blobs and records are shared, in memory.</summary>
public sealed class ArmatureCluster : IAsyncDisposable
{
    private ArmatureCluster(InProcessTestCluster cluster, InMemoryBlobStore blobs, InMemoryRecordStore records)
    {
        Cluster = cluster;
        Blobs = blobs;
        Records = records;
        Client = cluster.Client.ServiceProvider.GetRequiredService<ArmatureClient>();
    }

    public InProcessTestCluster Cluster { get; }

    public InMemoryBlobStore Blobs { get; }

    public InMemoryRecordStore Records { get; }

    /// <summary>A client from outside the silos.</summary>
    public ArmatureClient Client { get; }

    /// <summary>The client inside the first silo.</summary>
    public ArmatureClient HostedClient => Cluster.Silos[0].ServiceProvider.GetRequiredService<ArmatureClient>();

    public static async Task<ArmatureCluster> StartAsync(
        short silos = 1,
        Action<IServiceCollection>? services = null,
        Action<ArmatureOptions>? options = null,
        Action<ISiloBuilder>? silo = null)
    {
        var blobs = new InMemoryBlobStore(TimeProvider.System);
        var records = new InMemoryRecordStore();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, siloBuilder) =>
        {
            siloBuilder.Services.AddSingleton<IBlobStore>(blobs);
            siloBuilder.Services.AddSingleton<IRecordStore>(records);
            siloBuilder.Services.Configure<ArmatureOptions>(configured => options?.Invoke(configured));
            siloBuilder.AddBatching();
            siloBuilder.AddMemoryGrainStorage("PubSubStore");
            siloBuilder.AddMemoryStreams(BatchStreams.Provider);
            siloBuilder.Services.AddArmatureClientServices();
            services?.Invoke(siloBuilder.Services);
            silo?.Invoke(siloBuilder);
        });
        builder.ConfigureClient(client =>
        {
            client.Services.AddSingleton<IBlobStore>(blobs);
            client.Services.AddArmatureClientServices();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, blobs, records);
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
