using System.Collections.Immutable;
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

    /// <summary>Hears that another silo goes on without what lies behind the cache: partitions of which it acknowledges more than is kept there.</summary>
    /// <param name="upTo">For each partition the last epoch of which that is true; 0 where it is not.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("hear-behind"), ResponseTimeout("00:00:02")]
    Task HearBehindAsync(ImmutableArray<long> upTo, CancellationToken cancellationToken);

    /// <summary>True when this silo would have heard it if a partition's owner had acknowledged more than is kept behind the cache, and has not.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="epoch">The owner's epoch.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("vouch"), ResponseTimeout("00:00:01")]
    Task<bool> VouchAsync(int partition, long epoch, CancellationToken cancellationToken);

    /// <summary>The cache on this silo.</summary>
    [Alias("describe"), ResponseTimeout("00:00:03")]
    Task<CacheSiloStatistics> DescribeAsync(CancellationToken cancellationToken);
}
