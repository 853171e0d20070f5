namespace Armature.Caching;

/// <summary>
/// Who loads which key: one for each key, whoever asks first. The others wait for what it says. A load that is given up, or whose time
/// is over, goes to whoever waits longest; whoever had it is refused then. Thread-safe.
/// </summary>
internal sealed partial class LoadLeases(LoadLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();

    // Guarded by _lock.
    private readonly Dictionary<byte[], LoadLease> _leases = new(KeyComparer.Instance);
    private long _granted;
    private long _takenOver;
    private long _failed;
    private long _stale;
    private long _mark;
    private int _waiting;

    /// <summary>What <see cref="Mark"/> is while something is loaded.</summary>
    public const long Busy = -1;

    /// <summary>True when nobody loads anything.</summary>
    public bool IsEmpty => Mark != Busy;

    /// <summary>The same number before and after something says that nothing was loaded meanwhile, unless it is <see cref="Busy"/>.</summary>
    public long Mark => Volatile.Read(ref _mark);

    public LoadStatistics Statistics
    {
        get
        {
            lock (_lock)
            {
                return new(_leases.Count, _waiting, _granted, _takenOver, _failed, Volatile.Read(ref _stale));
            }
        }
    }

    private long Now => (long)time.GetElapsedTime(_start).TotalMilliseconds;

    private long NextDeadline => Now + (long)limits.Lease.TotalMilliseconds;

    /// <summary>Asks for one key of a call: a value that is there by now, the lease, or a place among those who wait.</summary>
    public void Ask(LoadCall call, int index, ReadOnlySpan<byte> key, ILoadTarget target)
    {
        lock (_lock)
        {
            if (Find(key) is { } lease)
            {
                Join(lease, call, index);
                return;
            }

            // A write of the key comes before this look at it, and is found, or it sees the mark.
            Volatile.Write(ref _mark, Busy);

            // Whoever loaded it has written the entry before the lease went.
            if (target.TryRead(key, out var found))
            {
                call.Settle(index, new(LoadState.Found, Value: found));
                SetMark();
                return;
            }

            Grant(call, index, key, target);
        }
    }

    /// <summary>Asks for the lease of a key whose value is to be made anew while it is read on: not when somebody has it, nor when the value is another by now, nor when there are too many loads.</summary>
    public void AskAhead(LoadCall call, int index, ReadOnlySpan<byte> key, long version, ILoadTarget target)
    {
        lock (_lock)
        {
            if (Find(key) is { } lease)
            {
                if (lease.Asker == call.Asker)
                {
                    Join(lease, call, index);
                }

                return;
            }

            Volatile.Write(ref _mark, Busy);
            if (_leases.Count < limits.MaxLeases && target.TryRead(key, out var found) && found.Version == version)
            {
                Grant(call, index, key, target);
            }

            SetMark();
        }
    }

    /// <summary>Ends when everything that a call waits for has come, or when it has got a lease.</summary>
    public Task WaitAsync(LoadCall call)
    {
        lock (_lock)
        {
            return call.WhenChangedAsync();
        }
    }

    /// <summary>A call waits no longer; what it waits for is pending.</summary>
    public void Leave(LoadCall call)
    {
        lock (_lock)
        {
            _waiting -= call.LeaveQueues();
        }
    }

    /// <summary>A call ends without an answer: what it got goes to others.</summary>
    public void Abandon(LoadCall call)
    {
        lock (_lock)
        {
            _waiting -= call.LeaveQueues();
            call.Granted.ForEach(granted => TryRelease(granted.Lease.Key, granted.Token));
        }
    }

    /// <summary>
    /// Ends the load of a key that is written or deleted, whose value is older than that; who waits asks again. No load begins or ends
    /// until what this gives is disposed of.
    /// </summary>
    public Lock.Scope Hold(ReadOnlySpan<byte> key)
    {
        var scope = _lock.EnterScope();
        if (Find(key) is { } lease)
        {
            End(lease, default);
        }

        return scope;
    }

    /// <summary>Ends loads; who waits for them asks again.</summary>
    public void Revoke(Predicate<LoadLease> isMeant)
    {
        lock (_lock)
        {
            foreach (var lease in _leases.Values.Where(lease => isMeant(lease)).ToList())
            {
                End(lease, default);
            }
        }
    }

    /// <summary>Gives the loads whose time is over to those who wait.</summary>
    public void HandOverExpired()
    {
        lock (_lock)
        {
            var now = Now;
            foreach (var lease in _leases.Values.Where(lease => lease.Deadline <= now).ToList())
            {
                HandOver(lease);
            }
        }
    }

    // A lease whose time is over is nobody's: it goes to the next one, and where there is none, there is no lease.
    private LoadLease? Find(ReadOnlySpan<byte> key)
    {
        if (!ByKey.TryGetValue(key, out var lease))
        {
            return null;
        }

        if (lease.Deadline <= Now)
        {
            HandOver(lease);
        }

        return ByKey.TryGetValue(key, out lease) ? lease : null;
    }

    private LoadLease? FindHeld(ReadOnlySpan<byte> key, long token) => Find(key) is { } lease && lease.Token == token ? lease : null;

    private Dictionary<byte[], LoadLease>.AlternateLookup<ReadOnlySpan<byte>> ByKey => _leases.GetAlternateLookup<ReadOnlySpan<byte>>();

    private void Join(LoadLease lease, LoadCall call, int index)
    {
        if (lease.Asker == call.Asker)
        {
            lease.Renew(NextDeadline);
            call.Grant(index, lease);
            return;
        }

        if (_waiting == limits.MaxWaiting)
        {
            call.Settle(index, Refuse($"Calls wait for {limits.MaxWaiting} loads on this silo already, as many as Caching:MaxLoadWaiters allows."));
            return;
        }

        _waiting++;
        call.Enqueue(index, lease.Waiting);
    }

    private void Grant(LoadCall call, int index, ReadOnlySpan<byte> key, ILoadTarget target)
    {
        if (_leases.Count == limits.MaxLeases)
        {
            call.Settle(index, Refuse($"{limits.MaxLeases} keys are being loaded on this silo already, as many as Caching:MaxLoads allows."));
            return;
        }

        var lease = new LoadLease(key.ToArray(), target);
        _leases.Add(lease.Key, lease);
        _granted++;
        lease.GrantTo(call, index, NextDeadline);
    }

    private static LoadOutcome Refuse(string why) =>
        new(LoadState.Failed, Error: new(CacheErrorCodes.TooManyLoads, $"{why} Try again later, or allow more."));

    private void HandOver(LoadLease lease)
    {
        if (lease.Waiting.First is not { } next)
        {
            Remove(lease);
            return;
        }

        lease.Waiting.Remove(next);
        _waiting--;
        next.Value.Call.EndWaiting();
        _takenOver++;
        lease.GrantTo(next.Value.Call, next.Value.Index, NextDeadline);
    }

    private void End(LoadLease lease, LoadOutcome outcome)
    {
        Remove(lease);
        _waiting -= lease.Waiting.Count;
        while (lease.Waiting.First is { } next)
        {
            lease.Waiting.Remove(next);
            next.Value.Call.EndWaiting();
            next.Value.Call.Settle(next.Value.Index, outcome);
        }
    }

    private void Remove(LoadLease lease)
    {
        _leases.Remove(lease.Key);
        SetMark();
    }

    private void SetMark() => Volatile.Write(ref _mark, _leases.Count == 0 ? _granted : Busy);
}
