using Armature.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the cluster as the blob store of a client.</summary>
public static class ClusterBlobStoreServiceCollectionExtensions
{
    /// <summary>
    /// Reaches the silos' blob store through the cluster: for a client that cannot reach the folder or the Azure container itself.
    /// Not for a silo. A later choice of a blob store replaces this one, as this one replaces an earlier.
    /// </summary>
    public static IServiceCollection UseClusterBlobs(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        return services.Replace(ServiceDescriptor.Singleton<IBlobStore, ClusterBlobStore>());
    }
}
