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

    // The first attempt is made here: what nearly every call is has no more steps than it needs.
    private async Task<CacheReply> AskAsync(CacheRequest page, long[] doors, CancellationToken cancellationToken)
    {
        var since = _retry.Now;
        Exception failure;
        try
        {
            return await AskOnceAsync(page, doors, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not ArgumentException)
        {
            failure = OnFailed(exception, cancellationToken);
        }

        return await _retry.RepeatAsync(token => AskElsewhereAsync(page, token), failure, since, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CacheReply> AskElsewhereAsync(CacheRequest page, CancellationToken cancellationToken)
    {
        try
        {
            return await AskOnceAsync(page, [], cancellationToken).ConfigureAwait(false);
        }
        catch (CallUnansweredException exception)
        {
            throw OnFailed(exception, cancellationToken);
        }
        catch (Exception exception) when (exception is not ArgumentException)
        {
            OnFailed(exception, cancellationToken);
            throw;
        }
    }

    private Task<CacheReply> AskOnceAsync(CacheRequest page, long[] doors, CancellationToken cancellationToken)
    {
        var turn = Interlocked.Increment(ref _next);
        var number = doors.Length == 0 ? turn % Doors : doors[turn % doors.Length];
        return page.IsWrite ? WriteAsync(number, page, cancellationToken) : _door(number).CallAsync(page, silo: null, cancellationToken);
    }

    private async Task<CacheReply> WriteAsync(long number, CacheRequest page, CancellationToken cancellationToken)
    {
        var silo = await _map.FindSiloAsync(number, cancellationToken).ConfigureAwait(false);
        return await _door(number).CallAsync(page, silo, cancellationToken).ConfigureAwait(false);
    }

    // The next attempt goes through any door, and what is known of them begins anew.
    private Exception OnFailed(Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return exception;
        }

        _map.Forget();

        // A door gives up within the limit of one call; a silo that is dead may not be known to be yet.
        return exception is CallUnansweredException ? new TimeoutException(exception.Message, exception) : exception;
    }
}
