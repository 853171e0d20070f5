namespace Armature.Caching;

/// <summary>The keys of one request that were not there when it asked for them to be loaded.</summary>
internal sealed class NodeLoad(LoadLeases leases, CacheRequest request)
{
    private readonly LoadCall _call = new(request.Keys.Count, request.Load!.Asker, PackedTags.From(request.Tags));
    private readonly List<int> _places = [];

    private TimeSpan LongestWait => TimeSpan.FromMilliseconds(Math.Min(request.Load!.WaitMilliseconds, CacheLoad.LongestWait.TotalMilliseconds));

    public void Ask(int place, StoreKey key, ILoadTarget target)
    {
        leases.Ask(_call, place, key.Bytes, target);
        _places.Add(place);
    }

    /// <summary>Waits for what others load, as long as the request says, and not when there is something for the caller to load.</summary>
    public async Task WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var change = leases.WaitAsync(_call);
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
        leases.Leave(_call);
        foreach (var place in _places)
        {
            Settle(answer, place, _call.Outcomes[place], room);
        }
    }

    /// <summary>Gives back what was granted: there is no answer that says so.</summary>
    public void Abandon() => leases.Abandon(_call);

    private static void Settle(CacheAnswer answer, int place, LoadOutcome outcome, long room)
    {
        switch (outcome.State)
        {
            case LoadState.Granted:
                answer.Grant(place, outcome.Token);
                break;
            case LoadState.Failed:
                answer.Fail(place, outcome.Error!);
                break;
            case LoadState.Found when answer.HasRoomFor(outcome.Value, room):
                answer.Give(place, outcome.Value);
                break;
            default:
                answer.Settle(place, CacheOutcome.Pending);
                break;
        }
    }
}
