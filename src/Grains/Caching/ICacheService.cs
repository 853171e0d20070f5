using Orleans.Services;

namespace Armature.Caching;

/// <summary>One activation is the cache on one silo, as the other silos reach it.</summary>
[Alias("armature.caching.service")]
internal interface ICacheService : IGrainService
{
    /// <summary>Deals with the keys whose partitions this silo holds.</summary>
    /// <param name="request">What to do; keys and values of at most 4 MiB.</param>
    /// <param name="room">Bytes of values that may be answered, besides the first.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    [Alias("call"), ResponseTimeout("00:00:05")]
    Task<CacheServiceReply> CallAsync(CacheRequest request, int room, CancellationToken cancellationToken);

    /// <summary>What was changed on this silo since a position; anything may have been when that is null.</summary>
    [Alias("changes"), ResponseTimeout("00:00:01")]
    Task<CacheChanges> ReadChangesAsync(long? since, CancellationToken cancellationToken);

    /// <summary>Takes entries of a partition whose ownership is to follow.</summary>
    /// <returns>False when they are not wanted here.</returns>
    [Alias("receive"), ResponseTimeout("00:00:05")]
    Task<bool> ReceiveAsync(CacheCargo cargo, CancellationToken cancellationToken);

    /// <summary>Hears that a silo stops: no partition goes there any more.</summary>
    [Alias("hear-leaving"), ResponseTimeout("00:00:02")]
    Task HearLeavingAsync(SiloAddress silo, CancellationToken cancellationToken);

    /// <summary>The cache on this silo.</summary>
    [Alias("describe"), ResponseTimeout("00:00:03")]
    Task<CacheSiloStatistics> DescribeAsync(CancellationToken cancellationToken);
}
