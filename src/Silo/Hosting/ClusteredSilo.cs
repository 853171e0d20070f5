using Armature.Clustering;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Persistence;
using Orleans.Serialization;
using Orleans.Storage;
using StackExchange.Redis;

namespace Armature.Hosting;

/// <summary>A member of a cluster: membership, small grain state and reminders in Redis, through one connection.</summary>
internal static class ClusteredSilo
{
    public static ISiloBuilder UseRedisCluster(this ISiloBuilder silo, RedisOptions redis)
    {
        var parsed = SharedRedis.Parse(redis);
        silo.Services.AddOptions<RedisClusteringOptions>().Configure<IConnectionMultiplexer>((options, shared) =>
            options.CreateMultiplexer = _ => Task.FromResult((shared, true)));
        silo.Services.AddOptions<RedisReminderTableOptions>().Configure<IConnectionMultiplexer>((options, shared) =>
            options.CreateMultiplexer = _ => Task.FromResult((shared, true)));

        return silo
            .UseRedisClustering(options => options.ConfigurationOptions = parsed)
            .UseRedisReminderService(options => options.ConfigurationOptions = parsed)
            .AddRedisGrainStorageAsDefault(options => options.Configure<IConnectionMultiplexer, Serializer>(Configure))
            .AddRedisGrainStorage(StreamNames.PubSubStore, options => options.Configure<IConnectionMultiplexer, Serializer>(Configure));

        void Configure(RedisStorageOptions options, IConnectionMultiplexer shared, Serializer serializer)
        {
            options.ConfigurationOptions = parsed;
            options.CreateMultiplexer = _ => Task.FromResult((shared, true));
            options.DeleteStateOnClear = true;
            options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        }
    }
}
