using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Armature.Caching;

[StatelessWorker, Reentrant]
internal sealed class CacheDoorGrain(CacheRouter router, CacheFeed feed, CacheLocations locations, ICacheSilos silos) : Grain, ICacheDoorGrain
{
    // Below the limit of the call: what has been answered until then is worth more than a timeout.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    public Task<CacheReply> CallAsync(CacheRequest request, SiloAddress? silo, CancellationToken cancellationToken) => silo is null || silo.Equals(silos.Local)
        ? router.CallAsync(request, Patience, CacheLimits.MaxPageBytes, cancellationToken)
        : throw new TimeoutException($"The request was for {silo} and came to {silos.Local}: it may have waited there for long.");

    public Task<ImmutableArray<CacheChanges>> ReadChangesAsync(ImmutableDictionary<SiloAddress, long> since, CancellationToken cancellationToken) =>
        feed.ReadAsync(since, cancellationToken);

    public Task<CacheMap> LocateAsync(CancellationToken cancellationToken)
    {
        var guesses = locations.Guess();
        return Task.FromResult(new CacheMap
        {
            Silo = silos.Local,
            Silos = [.. guesses.Silos],
            Owners = [.. Enumerable.Range(0, CacheLimits.Partitions).Select(partition => (ushort)guesses[partition])],
        });
    }

    public async Task<ImmutableArray<CacheSiloStatistics>> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        var described = await Task.WhenAll(silos.Active.Order().Select(TryDescribeAsync));
        return [.. described.OfType<CacheSiloStatistics>()];

        async Task<CacheSiloStatistics?> TryDescribeAsync(SiloAddress silo)
        {
            try
            {
                return await silos.DescribeAsync(silo, cancellationToken);
            }
            catch (Exception exception) when (CacheCall.IsPassing(exception))
            {
                cancellationToken.ThrowIfCancellationRequested();
                return null;
            }
        }
    }
}
