namespace Armature.Caching;

/// <summary>The keys of one request that were not there when it asked for them to be loaded, and those that are to be made anew.</summary>
internal sealed class NodeLoad(CacheState state, NamedCache cache, CacheRequest request)
{
    private readonly CacheLoad _load = request.Load!;
    private readonly LoadCall _call = new(request.Keys.Count, request.Load!.Asker, PackedTags.From(request.Tags));
    private readonly List<int> _places = [];
    private Dictionary<int, CachedValue>? _stale;

    private TimeSpan LongestWait => TimeSpan.FromMilliseconds(Math.Min(_load.WaitMilliseconds, CacheLoad.LongestWait.TotalMilliseconds));

    /// <summary>Asks for a key that is not there.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="key">The key.</param>
    /// <param name="answer">What is answered so far.</param>
    /// <param name="room">Bytes of values that may be answered.</param>
    /// <returns>False when there is no room for a value of it that has expired: it was not asked for.</returns>
    public bool TryAsk(int place, StoreKey key, CacheAnswer answer, long room)
    {
        var target = NewTarget(key);
        if (_load.Stale != StaleUse.None && target.TryReadKept(key, out var stale) && stale.IsStale)
        {
            if (!answer.HasRoomFor(stale, room))
            {
                return false;
            }

            answer.Reserved += stale.Value.Length;
            (_stale ??= []).Add(place, stale);
        }

        state.Loads.Ask(_call, place, key.Bytes, target);
        _places.Add(place);
        return true;
    }

    /// <summary>Asks for the lease of a key that is there, when it is time to make it anew.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="key">The key.</param>
    /// <param name="found">Its entry.</param>
    /// <param name="now">The time.</param>
    /// <param name="expiry">What the caller gives the entries that it makes.</param>
    /// <returns>The token of the lease; 0 for none.</returns>
    public long AskAhead(int place, StoreKey key, in CachedValue found, long now, Expiry expiry)
    {
        if (!IsDue(found, now, expiry) || state.Pauses.Contains(key.Bytes, found.Version))
        {
            return 0;
        }

        state.Loads.AskAhead(_call, place, key.Bytes, found.Version, NewTarget(key));
        return _call.Outcomes[place].Token;
    }

    /// <summary>Waits for what others load, as long as the request says, and not when there is something for the caller to load.</summary>
    public async Task WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var change = state.Loads.WaitAsync(_call);
        if (LongestWait == TimeSpan.Zero || change.IsCompleted)
        {
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(change, Task.Delay(LongestWait, time, ended.Token));
        cancellationToken.ThrowIfCancellationRequested();
        await ended.CancelAsync();
    }

    /// <summary>Says in the answer what became of the keys.</summary>
    public void Settle(CacheAnswer answer, long room)
    {
        state.Loads.Leave(_call);
        answer.Reserved = 0;

        // Values that others made come last: there was room for those that have expired.
        var made = new List<int>();
        foreach (var place in _places)
        {
            if (_call.Outcomes[place].State == LoadState.Found)
            {
                made.Add(place);
                continue;
            }

            Settle(answer, place, _call.Outcomes[place]);
        }

        foreach (var place in made)
        {
            GiveMade(answer, place, _call.Outcomes[place].Value, room);
        }

        if (_stale is not null)
        {
            state.Loads.CountStale(_places.Count(place => answer[place] is CacheOutcome.Stale or CacheOutcome.GrantedOverStale));
        }
    }

    /// <summary>Gives back what was granted: there is no answer that says so.</summary>
    public void Abandon() => state.Loads.Abandon(_call);

    // A sliding one never is: the read has moved it.
    private bool IsDue(in CachedValue found, long now, Expiry expiry) =>
        expiry.Milliseconds != CacheTime.Never && expiry.Milliseconds - (found.ExpiresAt - now) >= expiry.Milliseconds * _load.RefreshAhead;

    private LoadTarget NewTarget(StoreKey key) => new(cache, key.Partition, state, _load.Stale);

    private void Settle(CacheAnswer answer, int place, LoadOutcome outcome)
    {
        if (_stale?.TryGetValue(place, out var stale) == true && (outcome.State != LoadState.Pending || _load.Stale == StaleUse.AtOnce))
        {
            GiveStale(answer, place, outcome, stale);
            return;
        }

        switch (outcome.State)
        {
            case LoadState.Granted:
                answer.Grant(place, outcome.Token);
                break;
            case LoadState.Failed:
                answer.Fail(place, outcome.Error!);
                break;
            default:
                answer.Settle(place, CacheOutcome.Pending);
                break;
        }
    }

    private static void GiveStale(CacheAnswer answer, int place, LoadOutcome outcome, in CachedValue stale)
    {
        if (outcome.State == LoadState.Granted)
        {
            answer.Grant(place, outcome.Token, stale);
            return;
        }

        answer.Give(place, stale);
    }

    private static void GiveMade(CacheAnswer answer, int place, in CachedValue made, long room)
    {
        if (answer.HasRoomFor(made, room))
        {
            answer.Give(place, made);
            return;
        }

        answer.Settle(place, CacheOutcome.Pending);
    }
}
