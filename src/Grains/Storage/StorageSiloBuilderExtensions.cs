using Armature.Clustering;
using Armature.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Hosting;

/// <summary>Adds to a silo what it does with its blob store.</summary>
public static class StorageSiloBuilderExtensions
{
    /// <summary>
    /// Proves at start that the silo's store is the cluster's, opens the doors for clients that cannot reach it, and prunes what
    /// lost batches left. An <see cref="IBlobStore"/> must be registered too, and for several silos an <see cref="IClusterIdentity"/> and
    /// an <see cref="IRecordStore"/>; without one, records are in memory.
    /// </summary>
    public static ISiloBuilder AddStorage(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IClusterIdentity, InMemoryClusterIdentity>();
        services.TryAddSingleton<IRecordStore, InMemoryRecordStore>();
        services.TryAddSingleton<ClientBlobPolicy>();
        services.TryAddSingleton<UploadSlots>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, BlobStoreIdentity>();
        services.AddHostedService<BlobPruner>();
        return builder;
    }
}
