using Armature.Caching;
using Armature.Caching.Tier;
using Armature.Clustering;
using Armature.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;

namespace Orleans.Hosting;

/// <summary>Adds the cache to a silo.</summary>
public static class CachingSiloBuilderExtensions
{
    /// <summary>Adds the silo's part of the cache, and the short <see cref="ICacheRoute"/>. Needs <c>AddMembership</c>.</summary>
    public static ISiloBuilder AddCaching(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddQuietGrainService<CacheService>();
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<NamedCaches>();
        services.TryAddSingleton<PartitionTable>();
        services.TryAddSingleton<ChangeLog>();
        services.TryAddSingleton<CacheBarriers>();
        services.TryAddSingleton(static provider => new LoadLeases(
            LoadLimits.From(provider.GetRequiredService<IOptions<ArmatureOptions>>().Value.Caching), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static provider => new LoadPauses(
            provider.GetRequiredService<IOptions<ArmatureOptions>>().Value.Caching.MaxLoads, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<CacheState>();
        services.TryAddSingleton<BarrierSweep>();
        services.TryAddSingleton<CacheHoldings>();
        services.TryAddSingleton<CacheNode>();
        services.TryAddSingleton<LeavingSilos>();
        services.TryAddSingleton<ICacheSilos, CacheSilos>();
        services.TryAddSingleton(CreateTier);
        services.TryAddSingleton<CacheLocations>();
        services.TryAddSingleton<PartitionMover>();
        services.TryAddSingleton<CacheRouter>();

        // In place of the client's, which goes through a door, whichever is added first.
        services.Replace(ServiceDescriptor.Singleton<ICacheRoute>(static provider => provider.GetRequiredService<CacheRouter>()));
        services.TryAddSingleton<CacheFeed>();
        services.Replace(ServiceDescriptor.Singleton<ICacheFeed>(static provider => provider.GetRequiredService<CacheFeed>()));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, CacheKeeper>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, TierKeeper>();
        services.AddSingleton<IDegradation, TierDegradation>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ArmatureOptions>, CachingOptionsRules>());
        services.AddPlacementDirector<CachePartitionPlacement, CachePartitionDirector>();
        return builder;
    }

    // Null where nothing lies behind the cache.
    private static SiloTier CreateTier(IServiceProvider provider) => provider.GetService<ICacheTier>() is not { } tier ? null! : new(
        tier,
        provider.GetRequiredService<ICacheSilos>(),
        provider.GetRequiredService<NamedCaches>(),
        provider.GetRequiredService<CacheState>(),
        provider.GetRequiredService<MembershipLease>(),
        TierLimits.From(provider.GetRequiredService<IOptions<ArmatureOptions>>().Value.Caching.Redis),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILoggerFactory>());
}
