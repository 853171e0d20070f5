namespace Armature.Caching;

/// <summary>Tells the near-caches of this process what this process changes, so that it reads its own writes.</summary>
internal sealed class WatchedRoute(ICacheRoute route, ChangeFeed feed) : ICacheRoute
{
    public ValueTask<CacheReply> CallAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        var call = route.CallAsync(request, cancellationToken);
        if (request.Operation is not (CacheOperation.Set or CacheOperation.Delete or CacheOperation.Expire or CacheOperation.CompleteLoad or CacheOperation.Invalidate))
        {
            return call;
        }

        if (!call.IsCompletedSuccessfully)
        {
            return TellAfterAsync(call, request);
        }

        Tell(request);
        return call;
    }

    private async ValueTask<CacheReply> TellAfterAsync(ValueTask<CacheReply> call, CacheRequest request)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        finally
        {
            // Also after a failure: it may have been done all the same.
            Tell(request);
        }
    }

    private void Tell(CacheRequest request)
    {
        if (!feed.IsInUse)
        {
            return;
        }

        if (request.IsForPartitions)
        {
            feed.OnAllChanged();
            return;
        }

        var hashes = new KeyHashes(request.Cache);
        for (var i = 0; i < request.Keys.Count; i++)
        {
            feed.OnChanged(hashes.Of(request.Keys[i]));
        }
    }
}
