namespace Armature.Caching;

/// <summary>
/// One request on its way through doors: cut into pages, a few of them under way at a time, and their answers put together. Used once.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="ask">Asks for a page. The answer may leave out keys, as <see cref="CacheOutcome.NotHeld"/>, but never all.</param>
internal sealed class CacheDoorCall(CacheRequest request, Func<CacheRequest, CancellationToken, Task<CacheReply>> ask)
{
    private const int PagesAtOnce = 4;

    /// <summary>Keys in a page: so many that a call is worth its cost, so few that pages of a large request are under way together.</summary>
    private const int MostKeys = 2_500;

    private readonly RequestPages _pages = new(request);
    private ReplyMerge? _merge; // One page needs none.
    private int _mostKeys = MostKeys;

    /// <summary>
    /// How many pages are under way together. Any of them may be the first to arrive, and of a key that is written more than once the
    /// last value is to stay.
    /// </summary>
    public int Lanes => request.Operation is CacheOperation.Get or CacheOperation.Exists or CacheOperation.Ttl || !_pages.HasDuplicates() ? PagesAtOnce : 1;

    public async ValueTask<CacheReply> RunAsync(CancellationToken cancellationToken)
    {
        if (!_pages.IsOne(MostKeys))
        {
            _merge = new(request);
            await Parallel.ForEachAsync(
                Pages(), new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellationToken }, AskAsync).ConfigureAwait(false);
            return _merge.ToReply();
        }

        var reply = await ask(request, cancellationToken).ConfigureAwait(false);
        if (!reply.Outcomes.Contains(CacheOutcome.NotHeld))
        {
            return reply;
        }

        _merge = new(request);
        await AskAsync(_merge.Add([.. Enumerable.Range(0, request.Keys.Count)], reply), cancellationToken).ConfigureAwait(false);
        return _merge.ToReply();
    }

    private IEnumerable<int[]> Pages()
    {
        for (var start = 0; start < request.Keys.Count;)
        {
            if (_pages.Refuse(start) is { } error)
            {
                _merge!.Fail(start++, error);
                continue;
            }

            var page = _pages.Next(start, Volatile.Read(ref _mostKeys));
            yield return page;
            start += page.Length;
        }
    }

    private async ValueTask AskAsync(int[] places, CancellationToken cancellationToken)
    {
        while (places.Length > 0)
        {
            var page = places[..Math.Min(places.Length, Volatile.Read(ref _mostKeys))];
            var reply = await ask(request.Select(page), cancellationToken).ConfigureAwait(false);
            var left = _merge!.Add(page, reply);
            Adapt(page.Length, page.Length - left.Length);
            places = [.. left, .. places[page.Length..]];
        }
    }

    // Silos read what they cannot send when a page asks for more than an answer holds.
    private void Adapt(int asked, int answered) =>
        Volatile.Write(ref _mostKeys, answered < asked ? answered : Math.Min(MostKeys, Math.Max(_mostKeys, asked * 2)));
}
