using System.Collections.Immutable;
using Armature.Caching.Tier;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Armature.Caching;

internal sealed class CacheService(GrainId id, Silo silo, ILoggerFactory loggerFactory, CacheNode node, CacheHoldings holdings, NamedCaches caches, LeavingSilos leaving, SiloTier? tier = null)
    : GrainService(id, silo, loggerFactory), ICacheService
{
    public async Task<CacheServiceReply> CallAsync(CacheRequest request, int room, CancellationToken cancellationToken)
    {
        CacheRequestCheck.ThrowIfInvalid(request);
        var answer = await node.AnswerAsync(request, room, cancellationToken);
        return answer.ToReply();
    }

    public Task<CacheChanges> ReadChangesAsync(long? since, CancellationToken cancellationToken) => Task.FromResult(node.ReadChanges(since, Silo));

    public Task<bool> ReceiveAsync(CacheCargo cargo, CancellationToken cancellationToken) => Task.FromResult(holdings.Receive(cargo));

    public Task HearLeavingAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        leaving.Add(silo);
        return Task.CompletedTask;
    }

    public Task HearBehindAsync(ImmutableArray<long> upTo, CancellationToken cancellationToken)
    {
        tier?.Witness.Hear(upTo);
        return Task.CompletedTask;
    }

    public Task<bool> VouchAsync(int partition, long epoch, CancellationToken cancellationToken) =>
        Task.FromResult(tier?.Witness.Vouches(partition, epoch) == true);

    public Task<CacheSiloStatistics> DescribeAsync(CancellationToken cancellationToken)
    {
        var statistics = caches.Statistics;
        return Task.FromResult(new CacheSiloStatistics
        {
            Silo = Silo.ToString(),
            Partitions = holdings.Held.Count,
            Entries = statistics.Entries,
            Bytes = statistics.Bytes,
            MaxBytes = caches.MaxBytes,
            Evicted = statistics.Evicted,
            Expired = statistics.Expired,
            Caches = [.. caches.ByName],
            Tier = tier?.Statistics,
        });
    }
}
