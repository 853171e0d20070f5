using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Armature.Caching;

internal sealed class CacheService(GrainId id, Silo silo, ILoggerFactory loggerFactory, CacheNode node, CacheHoldings holdings, LeavingSilos leaving)
    : GrainService(id, silo, loggerFactory), ICacheService
{
    public Task<CacheServiceReply> CallAsync(CacheRequest request, int room, CancellationToken cancellationToken)
    {
        CacheRequestCheck.ThrowIfInvalid(request);
        var (answer, asked) = node.Answer(request, room);
        return Task.FromResult(new CacheServiceReply(answer.ToReply(), asked));
    }

    public Task<CacheChanges> ReadChangesAsync(long? since, CancellationToken cancellationToken) => Task.FromResult(node.ReadChanges(since, Silo));

    public Task<bool> ReceiveAsync(CacheCargo cargo, CancellationToken cancellationToken) => Task.FromResult(holdings.Receive(cargo));

    public Task HearLeavingAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        leaving.Add(silo);
        return Task.CompletedTask;
    }
}
