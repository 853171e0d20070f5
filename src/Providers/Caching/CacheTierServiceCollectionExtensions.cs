using Armature.Caching;
using Armature.Clustering;
using Armature.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a tier behind the cache of a silo.</summary>
public static class CacheTierServiceCollectionExtensions
{
    private const string OwnConnection = "armature.caching.redis";

    /// <summary>
    /// Keeps the cache's entries in Redis too: that of <see cref="CachingRedisOptions.ConnectionString"/> where there is one, else the
    /// cluster's, through the container's <see cref="IConnectionMultiplexer"/>.
    /// </summary>
    public static IServiceCollection UseRedisCacheTier(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddKeyedSingleton<IConnectionMultiplexer>(OwnConnection, static (provider, _) =>
            ConnectionMultiplexer.Connect(SharedRedis.Parse(new() { ConnectionString = Options(provider).Caching.Redis.ConnectionString })));
        return services.Replace(ServiceDescriptor.Singleton<ICacheTier>(static provider =>
            new RedisCacheTier(Connection(provider), Options(provider).Cluster.ClusterId)));
    }

    private static IConnectionMultiplexer Connection(IServiceProvider provider) => string.IsNullOrWhiteSpace(Options(provider).Caching.Redis.ConnectionString)
        ? provider.GetRequiredService<IConnectionMultiplexer>()
        : provider.GetRequiredKeyedService<IConnectionMultiplexer>(OwnConnection);

    private static ArmatureOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<ArmatureOptions>>().Value;
}
