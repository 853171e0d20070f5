namespace Armature.Caching;

/// <summary>The way from outside the cluster: pages through door grains, repeated where a silo dies meanwhile.</summary>
internal sealed class CacheDoorRoute : ICacheRoute
{
    /// <summary>Doors of other numbers may be behind other gateways: callers spread, and a call is repeated elsewhere.</summary>
    private const int Doors = 16;

    private readonly Func<long, ICacheDoorGrain> _door;
    private readonly CallRetry _retry;
    private uint _next;

    public CacheDoorRoute(IGrainFactory grains, TimeProvider time)
        : this(number => grains.GetGrain<ICacheDoorGrain>(number), time)
    {
    }

    internal CacheDoorRoute(Func<long, ICacheDoorGrain> door, TimeProvider time)
    {
        _door = door;
        _retry = new(time);
    }

    public ValueTask<CacheReply> CallAsync(CacheRequest request, CancellationToken cancellationToken) =>
        new CacheDoorCall(request, AskAsync).RunAsync(cancellationToken);

    private Task<CacheReply> AskAsync(CacheRequest page, CancellationToken cancellationToken) => _retry.CallAsync(
        async token =>
        {
            try
            {
                return await _door(Interlocked.Increment(ref _next) % Doors).CallAsync(page, token).ConfigureAwait(false);
            }
            catch (CallUnansweredException exception)
            {
                // A door gives up within the limit of one call; a silo that is dead may not be known to be yet.
                throw new TimeoutException(exception.Message, exception);
            }
        },
        cancellationToken);
}
