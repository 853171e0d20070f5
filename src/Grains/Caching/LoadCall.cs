namespace Armature.Caching;

/// <summary>One call that wants keys, from whoever loads them or from itself. All but the wait is guarded by the <see cref="LoadLeases"/> it asks.</summary>
/// <param name="keys">How many keys it has.</param>
/// <param name="asker">A number of its caller's own.</param>
/// <param name="tags">What it would write with an entry that it loads.</param>
internal sealed class LoadCall(int keys, long asker, PackedTags tags)
{
    private readonly List<LinkedListNode<LoadPlace>> _places = [];
    private TaskCompletionSource? _changed;

    /// <summary>What became of each key. Read once the call has left.</summary>
    public LoadOutcome[] Outcomes { get; } = new LoadOutcome[keys];

    public long Asker => asker;

    public PackedTags Tags => tags;

    /// <summary>How many keys somebody else loads.</summary>
    public int Waiting { get; private set; }

    /// <summary>The leases that it got.</summary>
    public List<(LoadLease Lease, long Token)> Granted { get; } = [];

    public void Settle(int index, LoadOutcome outcome)
    {
        Outcomes[index] = outcome;
        SignalIfDone();
    }

    public void Grant(int index, LoadLease lease)
    {
        Granted.Add((lease, lease.Token));
        Settle(index, new(LoadState.Granted, lease.Token));
    }

    public void Enqueue(int index, LinkedList<LoadPlace> queue)
    {
        _places.Add(queue.AddLast(new LoadPlace(this, index)));
        Waiting++;
    }

    /// <summary>A key is waited for no longer; its place has been taken out of the queue.</summary>
    public void EndWaiting() => Waiting--;

    /// <summary>Ends when nothing is left to wait for, or when there is something for the caller to load.</summary>
    public Task WhenChangedAsync()
    {
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        SignalIfDone();
        return _changed.Task;
    }

    /// <summary>Waits no longer.</summary>
    /// <returns>How many keys it waited for.</returns>
    public int LeaveQueues()
    {
        _places.ForEach(place => place.List?.Remove(place));
        _places.Clear();
        var left = Waiting;
        Waiting = 0;
        return left;
    }

    private void SignalIfDone()
    {
        if (Granted.Count > 0 || Waiting == 0)
        {
            _changed?.TrySetResult();
        }
    }
}
