using Armature.Clustering;
using Armature.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses where the silos of a cluster keep what they agree on.</summary>
public static class ClusterIdentityServiceCollectionExtensions
{
    /// <summary>Keeps it in the cluster's Redis, through the container's <see cref="IConnectionMultiplexer"/>.</summary>
    public static IServiceCollection UseRedisClusterIdentity(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Replace(ServiceDescriptor.Singleton<IClusterIdentity>(provider => new RedisClusterIdentity(
            provider.GetRequiredService<IConnectionMultiplexer>(),
            provider.GetRequiredService<IOptions<ArmatureOptions>>().Value.Cluster.ServiceId)));
    }
}
