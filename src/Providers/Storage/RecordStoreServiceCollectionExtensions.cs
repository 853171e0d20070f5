using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the record store of a silo. The last choice counts.</summary>
public static class RecordStoreServiceCollectionExtensions
{
    /// <summary>Keeps records in SQLite files of a folder, which this process owns alone.</summary>
    public static IServiceCollection UseSqliteRecords(this IServiceCollection services, string folder)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return services.Replace(ServiceDescriptor.Singleton<IRecordStore>(_ => SqliteRecordStore.Open(folder)));
    }

    /// <summary>Keeps records in the cluster's Redis, through the container's <see cref="IConnectionMultiplexer"/>.</summary>
    public static IServiceCollection UseRedisRecords(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Replace(ServiceDescriptor.Singleton<IRecordStore>(provider => new RedisRecordStore(
            provider.GetRequiredService<IConnectionMultiplexer>(),
            provider.GetRequiredService<IOptions<ArmatureOptions>>().Value.Cluster.ServiceId,
            provider.GetService<TimeProvider>() ?? TimeProvider.System)));
    }

    /// <summary>Keeps records in this process's memory: for tests, and for a silo alone that need not keep anything.</summary>
    public static IServiceCollection UseInMemoryRecords(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Replace(ServiceDescriptor.Singleton<IRecordStore, InMemoryRecordStore>());
    }
}
