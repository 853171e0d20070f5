using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Armature.Caching;

internal sealed class CacheService(GrainId id, Silo silo, ILoggerFactory loggerFactory, CacheNode node)
    : GrainService(id, silo, loggerFactory), ICacheService
{
    public Task<CacheServiceReply> CallAsync(CacheRequest request, int room, CancellationToken cancellationToken)
    {
        CacheRequestCheck.ThrowIfInvalid(request);
        var (answer, asked) = node.Answer(request, room);
        return Task.FromResult(new CacheServiceReply(answer.ToReply(), asked));
    }
}
