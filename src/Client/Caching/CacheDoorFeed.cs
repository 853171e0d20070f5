using System.Collections.Immutable;
using Orleans.Runtime;

namespace Armature.Caching;

/// <summary>What was changed, as a door says it to those outside the cluster.</summary>
internal sealed class CacheDoorFeed(IGrainFactory grains) : ICacheFeed
{
    public Task<ImmutableArray<CacheChanges>> ReadAsync(ImmutableDictionary<SiloAddress, long> since, CancellationToken cancellationToken) =>
        grains.GetGrain<ICacheDoorGrain>(0).ReadChangesAsync(since, cancellationToken);
}
