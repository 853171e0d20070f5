namespace Armature.Caching;

/// <summary>
/// The way from outside the cluster: pages through door grains, those of the silos that have the keys as far as that is known, repeated
/// elsewhere where a silo dies meanwhile.
/// </summary>
internal sealed class CacheDoorRoute : ICacheRoute
{
    /// <summary>Doors of other numbers may be behind other gateways: callers spread, and a call is repeated elsewhere.</summary>
    public const int Doors = 16;

    private readonly Func<long, ICacheDoorGrain> _door;
    private readonly DoorMap _map;
    private readonly CallRetry _retry;
    private uint _next;

    public CacheDoorRoute(IGrainFactory grains, TimeProvider time)
        : this(number => grains.GetGrain<ICacheDoorGrain>(number), time)
    {
    }

    internal CacheDoorRoute(Func<long, ICacheDoorGrain> door, TimeProvider time)
    {
        _door = door;
        _map = new(door, time);
        _retry = new(time);
    }

    public ValueTask<CacheReply> CallAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        if (!CanSplit(request) || _map.Find()?.Split(request) is not { } parts)
        {
            return CallAsync(request, [], cancellationToken);
        }

        return parts.Count == 1 ? CallAsync(request, parts[0].Doors, cancellationToken) : CallAllAsync(request, parts, cancellationToken);
    }

    // What is for partitions goes to all of them, and a call that waits for loads waits for all silos at once.
    private static bool CanSplit(CacheRequest request) => request.Keys.Count == 1 ? !request.IsForPartitions : request.Operation < CacheOperation.Invalidate;

    private async ValueTask<CacheReply> CallAllAsync(CacheRequest request, IReadOnlyList<DoorPart> parts, CancellationToken cancellationToken)
    {
        var merge = new ReplyMerge(request);
        await Task.WhenAll(parts.Select(async part =>
            merge.Add(part.Places, await CallAsync(request.Select(part.Places), part.Doors, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return merge.ToReply();
    }

    private ValueTask<CacheReply> CallAsync(CacheRequest request, long[] doors, CancellationToken cancellationToken) =>
        new CacheDoorCall(request, (page, token) => AskAsync(page, doors, token)).RunAsync(cancellationToken);

    private Task<CacheReply> AskAsync(CacheRequest page, long[] doors, CancellationToken cancellationToken) => _retry.CallAsync(
        async token =>
        {
            var turn = Interlocked.Increment(ref _next);
            var number = doors.Length == 0 ? turn % Doors : doors[turn % doors.Length];
            try
            {
                var silo = page.IsWrite ? await _map.FindSiloAsync(number, token).ConfigureAwait(false) : null;
                return await _door(number).CallAsync(page, silo, token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not ArgumentException && !token.IsCancellationRequested)
            {
                // The next attempt goes through another door, whichever silo that is on.
                doors = [];
                _map.Forget();

                // A door gives up within the limit of one call; a silo that is dead may not be known to be yet.
                if (exception is CallUnansweredException)
                {
                    throw new TimeoutException(exception.Message, exception);
                }

                throw;
            }
        },
        cancellationToken);
}
