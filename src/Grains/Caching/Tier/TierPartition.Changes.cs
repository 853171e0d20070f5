namespace Armature.Caching.Tier;

// What is on its way to the tier, and what did not get there.
internal sealed partial class TierPartition
{
    /// <summary>Notes a change of an entry that has just been made in memory.</summary>
    /// <param name="kind">What was done.</param>
    /// <param name="key">The store's key.</param>
    /// <param name="entry">The entry, where one was written; its epoch is given here.</param>
    /// <param name="expiresAt">On the cache's clock.</param>
    /// <returns>What goes to the tier; null when it is not written now, and the key was remembered.</returns>
    public TierChange? Change(TierWriteKind kind, ReadOnlySpan<byte> key, TierEntry entry = default, long expiresAt = CacheTime.Never)
    {
        Revoke(key);
        if (!IsReady)
        {
            Remember(Find(key));
            return null;
        }

        return Send(kind, key, kind == TierWriteKind.Set ? (entry with { Epoch = Epoch }).ToBytes() : [], expiresAt);
    }

    /// <summary>Gives an entry another time to live in the tier: one whose expiry slides was read. Nobody waits for it.</summary>
    public TierChange? Renew(ReadOnlySpan<byte> key, long expiresAt) => IsReady ? Send(TierWriteKind.Renew, key, [], expiresAt) : null;

    /// <summary>Notes a barrier that has just been drawn in memory.</summary>
    /// <returns>What goes to the tier; null when it is not written now.</returns>
    public IReadOnlyList<TierChange>? Draw(byte[] prefix, CacheBarrier barrier)
    {
        // It may have got its number before the partition was opened: barriers of before are forgotten with the entries of before.
        barrier = barrier.At(Math.Max(barrier.Version, TierVersions.FirstOf(Epoch) + 1));
        if (!_barriers.TryAdd(prefix, barrier, out var replaced))
        {
            // So many that one line before everything does as well.
            SetVoid();
            return null;
        }

        if (!IsReady)
        {
            _hasUnsavedBarriers = true;
            return null;
        }

        return
        [
            SendBarrier(TierWriteKind.AddBarrier, TierBarriers.NameOf(prefix, barrier), barrier.Version),
            .. replaced.Select(name => SendBarrier(TierWriteKind.RemoveBarrier, name, version: 0)),
        ];
    }

    /// <summary>The barriers that the tier is to have.</summary>
    public IEnumerable<TierChange> SendBarriers() =>
        [.. _barriers.All.Select(barrier => SendBarrier(TierWriteKind.AddBarrier, barrier.Name, barrier.Version))];

    /// <summary>Takes the keys that the tier lacks, to be sent now.</summary>
    public List<byte[]> TakeUnsaved()
    {
        var unsaved = _keys.Where(key => key.Value.IsUnsaved).Select(key => key.Key).ToList();
        unsaved.ForEach(key => _keys[key].IsUnsaved = false);
        _unsaved = 0;
        return unsaved;
    }

    /// <summary>Whether a change is sent. One that is not, because a later one was, is as good as sent.</summary>
    public bool TrySend(TierChange change)
    {
        if (!IsReady || change.Turn != Turn || change.Epoch != Epoch)
        {
            change.IsFailed = true;
            return false;
        }

        if (change.Order < change.State.LastSent)
        {
            return false;
        }

        change.State.LastSent = change.Order;
        return true;
    }

    /// <summary>A change has ended.</summary>
    public void End(TierChange change)
    {
        if (change.Turn != Turn)
        {
            return;
        }

        change.State.Pending--;
        _pending--;
        if (change.IsFailed)
        {
            Fail(change);
        }

        Tidy(change.StateKey, change.State);
        if (_pending == 0)
        {
            _drained?.TrySetResult();
            _drained = null;
        }
    }

    private void Fail(TierChange change)
    {
        // Opened again, the partition is brought what it lacks.
        Cut();
        switch (change.Kind)
        {
            case TierWriteKind.Set or TierWriteKind.Remove:
                Remember((change.Key, change.State));
                break;
            case TierWriteKind.AddBarrier:
                _hasUnsavedBarriers = true;
                break;
        }
    }

    private TierChange SendBarrier(TierWriteKind kind, byte[] name, long version)
    {
        // No store's key begins with a zero.
        var (own, state) = Find([0, .. name]);
        return Track(new()
        {
            Partition = this, Turn = Turn, Kind = kind, Key = name, StateKey = own, Epoch = Epoch, Order = ++_order, State = state, Version = version,
        });
    }

    private TierChange Send(TierWriteKind kind, ReadOnlySpan<byte> key, byte[] value, long expiresAt)
    {
        var (own, state) = Find(key);
        return Track(new()
        {
            Partition = this, Turn = Turn, Kind = kind, Key = own, StateKey = own, Epoch = Epoch, Order = ++_order, State = state, Value = value, ExpiresAt = expiresAt,
        });
    }

    private TierChange Track(TierChange change)
    {
        change.State.Pending++;
        _pending++;
        return change;
    }

    private (byte[] Key, TierKey State) Find(ReadOnlySpan<byte> key)
    {
        var keys = _keys.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (keys.TryGetValue(key, out var own, out var state))
        {
            return (own, state);
        }

        own = key.ToArray();
        _keys.Add(own, state = new());
        return (own, state);
    }

    private void Remember((byte[] Key, TierKey State) key)
    {
        if (key.State.IsUnsaved || _isVoid)
        {
            Tidy(key.Key, key.State);
            return;
        }

        if (_unsaved == limits.MaxUnsavedKeys)
        {
            SetVoid();
            Tidy(key.Key, key.State);
            return;
        }

        key.State.IsUnsaved = true;
        _unsaved++;
    }

    private void Tidy(byte[] key, TierKey state)
    {
        if (state is { Pending: 0, IsUnsaved: false })
        {
            _keys.Remove(key);
        }
    }
}
