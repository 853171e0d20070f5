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
}
