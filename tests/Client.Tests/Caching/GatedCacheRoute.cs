using Armature.Testing;

namespace Armature.Caching;

/// <summary>A route whose calls come to a gate first.</summary>
public sealed class GatedCacheRoute(ICacheRoute route, Gate gate) : ICacheRoute
{
    public async ValueTask<CacheReply> CallAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        await gate.PassAsync(cancellationToken);
        return await route.CallAsync(request, cancellationToken);
    }
}
