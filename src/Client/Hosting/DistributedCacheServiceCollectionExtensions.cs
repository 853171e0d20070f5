using Armature;
using Armature.Caching;
using Microsoft.Extensions.Caching.Distributed;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives ASP.NET Core a cache of the cluster.</summary>
public static class DistributedCacheServiceCollectionExtensions
{
    /// <summary>
    /// Registers an <see cref="IDistributedCache"/>, which is an <see cref="IBufferDistributedCache"/> too, over a cache of the cluster:
    /// for sessions, HybridCache and whatever else asks for one. The container needs an <see cref="ArmatureClient"/>:
    /// <c>AddArmature</c> or <c>AddArmatureClient</c>. The last registration of a distributed cache counts.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The cache's name: 1 to 100 characters without control characters. Nothing else uses it: an entry's bytes begin with some of its own.</param>
    /// <exception cref="ArgumentException">It is no name.</exception>
    public static IServiceCollection AddArmatureDistributedCache(this IServiceCollection services, string name = "distributed")
    {
        ArgumentNullException.ThrowIfNull(services);
        CacheText.ThrowIfNoName(name);
        return services.AddSingleton<IDistributedCache>(provider => new DistributedCache(
            provider.GetRequiredService<ArmatureClient>().Cache(name), provider.GetRequiredService<TimeProvider>()));
    }
}
