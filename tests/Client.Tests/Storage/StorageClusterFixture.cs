using Armature.Hosting;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Armature.Storage;

/// <summary>Two silos with doors to a store, and a client from outside. A test chooses the store and the limits.</summary>
public abstract class StorageClusterFixture(IReadOnlyList<string> clientPrefixes) : IAsyncLifetime
{
    private readonly CurrentBlobStore _store = new();
    private ArmatureCluster _cluster = null!;

    /// <summary>What the silos use.</summary>
    public IBlobStore SiloStore
    {
        get => _store.Current;
        set => _store.Current = value;
    }

    /// <summary>What the client uses.</summary>
    public ClusterBlobStore ClientStore { get; private set; } = null!;

    public IGrainFactory Grains => _cluster.Cluster.Client;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ArmatureCluster.StartAsync(
            silos: 2,
            services: services => services.AddSingleton<IBlobStore>(_store),
            options: Configure,
            silo: silo => silo.AddStorage());
        ClientStore = new(_cluster.Cluster.Client, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _cluster.DisposeAsync();
    }

    private void Configure(ArmatureOptions options)
    {
        options.Storage.ClientPrefixes = clientPrefixes;
        options.Storage.MaxClientBlobBytes = 8 << 20;
        options.Storage.MaxClientUploads = 1;
    }
}
