using Armature.Caching;
using Armature.Clustering;
using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a tier behind the cache of a silo.</summary>
public static class CacheTierServiceCollectionExtensions
{
    private const string OwnConnection = "armature.caching.redis";
    private const string OwnOption = "Armature:Caching:Redis:ConnectionString";

    /// <summary>
    /// Keeps the cache's entries in Redis too: that of <see cref="CachingRedisOptions.ConnectionString"/> where there is one, else the
    /// cluster's, through the container's <see cref="IConnectionMultiplexer"/>.
    /// </summary>
    public static IServiceCollection UseRedisCacheTier(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddKeyedSingleton<IConnectionMultiplexer>(OwnConnection, static (provider, _) =>
            ConnectionMultiplexer.Connect(SharedRedis.Parse(new() { ConnectionString = Options(provider).Caching.Redis.ConnectionString })));
        services.TryAddSingleton(TimeProvider.System);
        return services.Replace(ServiceDescriptor.Singleton<ICacheTier>(Create));
    }

    private static RedisCacheTier Create(IServiceProvider provider)
    {
        var options = Options(provider);
        var (redis, option) = string.IsNullOrWhiteSpace(options.Caching.Redis.ConnectionString)
            ? (provider.GetRequiredService<IConnectionMultiplexer>(), RedisFailure.SharedOption)
            : (provider.GetRequiredKeyedService<IConnectionMultiplexer>(OwnConnection), OwnOption);
        return new(redis, options.Cluster.ClusterId, option, provider.GetRequiredService<TimeProvider>());
    }

    private static ArmatureOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<ArmatureOptions>>().Value;
}
