namespace Armature.Caching;

/// <summary>The way from outside the cluster: pages through door grains, repeated where a silo dies meanwhile.</summary>
internal sealed class CacheDoorRoute(IGrainFactory grains, TimeProvider time) : ICacheRoute
{
    /// <summary>Doors of other keys may be behind other gateways: callers spread, and a call is repeated elsewhere.</summary>
    private const int Doors = 16;

    private readonly CallRetry _retry = new(time);
    private uint _next;

    public ValueTask<CacheReply> CallAsync(CacheRequest request, CancellationToken cancellationToken) =>
        new CacheDoorCall(request, AskAsync).RunAsync(cancellationToken);

    private Task<CacheReply> AskAsync(CacheRequest page, CancellationToken cancellationToken) => _retry.CallAsync(
        async token =>
        {
            var door = grains.GetGrain<ICacheDoorGrain>(Interlocked.Increment(ref _next) % Doors);
            var reply = await door.CallAsync(page, token).ConfigureAwait(false);
            return Array.TrueForAll(reply.Outcomes, outcome => outcome == CacheOutcome.NotHeld)
                ? throw new TimeoutException("The silo answered for none of the keys that it was asked for.")
                : reply;
        },
        cancellationToken);
}
