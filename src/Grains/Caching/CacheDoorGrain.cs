using Orleans.Concurrency;

namespace Armature.Caching;

[StatelessWorker, Reentrant]
internal sealed class CacheDoorGrain(CacheRouter router) : Grain, ICacheDoorGrain
{
    // Below the limit of the call: what has been answered until then is worth more than a timeout.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    public Task<CacheReply> CallAsync(CacheRequest request, CancellationToken cancellationToken) =>
        router.CallAsync(request, Patience, CacheLimits.MaxPageBytes, cancellationToken);
}
