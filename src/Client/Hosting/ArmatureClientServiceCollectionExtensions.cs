using Armature;
using Armature.Batching;
using Armature.Caching;
using Armature.Clustering;
using Armature.Images;
using Armature.Rendering;
using Armature.Validation;
using Armature.Validation.Files;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the client SDK to a container.</summary>
public static class ArmatureClientServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="ArmatureClient"/> to a process that has an Orleans client: a silo, or a client that was connected otherwise.
    /// An <see cref="Armature.Storage.IBlobStore"/> must be registered too.
    /// </summary>
    public static IServiceCollection AddArmatureClientServices(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);

        // A store's exception has its vendor's inside. One that cannot be written would take the place of the reason.
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedExceptionTypeFilter = static _ => true);
        // A silo has a shorter way to its caches, which takes the place of this one.
        services.TryAddSingleton<ICacheRoute, CacheDoorRoute>();
        services.TryAddSingleton<ICacheFeed, CacheDoorFeed>();
        services.TryAddSingleton<CacheClients>();
        services.TryAddSingleton<BatchClient>();
        services.TryAddSingleton<ImageClient>();
        services.TryAddSingleton<RenderingClient>();
        services.TryAddSingleton<FileChecks>();
        services.TryAddSingleton<ValidationClient>();
        services.TryAddSingleton<ClusterClient>();
        services.TryAddSingleton<ArmatureClient>();
        return services;
    }
}
