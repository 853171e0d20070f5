using System.Collections.Immutable;

namespace Armature.Caching;

/// <summary>The silos as the cache of one of them sees them.</summary>
internal interface ICacheSilos
{
    /// <summary>This silo.</summary>
    SiloAddress Local { get; }

    /// <summary>The silos that are active now and are not about to stop, as far as is known here: the same object as long as they are the same.</summary>
    IReadOnlyList<SiloAddress> Active { get; }

    /// <inheritdoc cref="ICacheService.CallAsync"/>
    Task<CacheServiceReply> CallAsync(SiloAddress silo, CacheRequest request, int room, CancellationToken cancellationToken);

    /// <inheritdoc cref="ICacheService.ReadChangesAsync"/>
    Task<CacheChanges> ReadChangesAsync(SiloAddress silo, long? since, CancellationToken cancellationToken);

    /// <inheritdoc cref="ICachePartitionGrain.LocateAsync"/>
    Task<SiloAddress> LocateAsync(int partition, CancellationToken cancellationToken);

    /// <inheritdoc cref="ICacheService.ReceiveAsync"/>
    Task<bool> SendAsync(SiloAddress silo, CacheCargo cargo, CancellationToken cancellationToken);

    /// <inheritdoc cref="ICachePartitionGrain.MoveAsync"/>
    Task MoveAsync(int partition, SiloAddress target, CacheHandover handover, CancellationToken cancellationToken);

    /// <summary>Tells all silos that this one stops. One that does not hear it learns it from the membership.</summary>
    Task TellLeavingAsync(CancellationToken cancellationToken);

    /// <inheritdoc cref="ICacheService.HearBehindAsync"/>
    Task TellBehindAsync(SiloAddress silo, ImmutableArray<long> upTo, CancellationToken cancellationToken);

    /// <inheritdoc cref="ICacheService.VouchAsync"/>
    Task<bool> VouchAsync(SiloAddress silo, int partition, long epoch, CancellationToken cancellationToken);

    /// <inheritdoc cref="ICacheService.DescribeAsync"/>
    Task<CacheSiloStatistics> DescribeAsync(SiloAddress silo, CancellationToken cancellationToken);
}
