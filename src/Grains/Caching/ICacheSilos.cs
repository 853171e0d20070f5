namespace Armature.Caching;

/// <summary>The silos as the cache of one of them sees them.</summary>
internal interface ICacheSilos
{
    /// <summary>This silo.</summary>
    SiloAddress Local { get; }

    /// <summary>The silos that are active now.</summary>
    IReadOnlyList<SiloAddress> Active { get; }

    /// <inheritdoc cref="ICacheService.CallAsync"/>
    Task<CacheServiceReply> CallAsync(SiloAddress silo, CacheRequest request, int room, CancellationToken cancellationToken);

    /// <inheritdoc cref="ICachePartitionGrain.LocateAsync"/>
    Task<SiloAddress> LocateAsync(int partition, CancellationToken cancellationToken);
}
