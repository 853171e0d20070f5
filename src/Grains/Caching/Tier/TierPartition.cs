namespace Armature.Caching.Tier;

/// <summary>
/// One partition as this silo and the tier share it. A change of memory and its note here are made under one lock, and so is what comes
/// from the tier into memory: so a value from the tier never takes the place of a later one.
/// </summary>
internal sealed partial class TierPartition(int number, TierLimits limits)
{
    private readonly Dictionary<byte[], TierKey> _keys = new(KeyComparer.Instance);
    private readonly Dictionary<byte[], TierFill> _fills = new(KeyComparer.Instance);
    private readonly TierBarriers _barriers = new();
    private TierOpening? _opening;
    private long _order;
    private long _firstEpoch;
    private long _firstVersion;
    private long _voidBefore;
    private int _unsaved;
    private int _pending;
    private bool _hasUnsavedBarriers;
    private bool _isVoid;
    private bool _isAdopted;
    private bool _isOpening;
    private long _toldUpTo;
    private TaskCompletionSource? _drained;

    public int Number => number;

    /// <summary>Held for every change; all else here is read and changed under it, but what says otherwise.</summary>
    public Lock Lock { get; } = new();

    /// <summary>True when this silo answers for the partition. May be read without the lock.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>True when the tier is asked and written; false when it is not known any more what it has. May be read without the lock.</summary>
    public bool IsReady { get; private set; }

    /// <summary>How often the partition was taken and given up.</summary>
    public int Turn { get; private set; }

    /// <summary>The epoch of this silo; 0 when it never got one.</summary>
    public long Epoch => _opening?.Epoch ?? 0;

    /// <summary>The epoch that must be the last one for this silo to be the owner still; null when it never was.</summary>
    public long? Expected { get; private set; }

    public string? Run => _opening?.Run;

    /// <summary>True when the tier may lack changes that were made. May be read without the lock.</summary>
    public bool IsBehind => _unsaved > 0 || _isVoid || _hasUnsavedBarriers || !_isAdopted;

    /// <summary>Keys whose entries the tier lacks. May be read without the lock.</summary>
    public int Unsaved => _unsaved;

    /// <summary>True when others know that the tier is behind, as far as this silo's epoch. May be read without the lock.</summary>
    public bool IsTold => _toldUpTo > 0 && _toldUpTo >= Epoch;

    /// <summary>Begins to answer for the partition, before the tier was asked.</summary>
    public void Take()
    {
        Forget();
        IsTaken = true;
    }

    /// <summary>Begins to open the partition in the tier; false when that is under way.</summary>
    public bool TryStartOpening()
    {
        var isFirst = IsTaken && !_isOpening;
        _isOpening |= IsTaken;
        return isFirst;
    }

    /// <summary>Opening the partition has ended, well or not.</summary>
    /// <param name="turn">The <see cref="Turn"/> that it was begun in.</param>
    public void EndOpening(int turn) => _isOpening &= turn != Turn;

    /// <summary>Answers for it no more.</summary>
    /// <returns>The epoch to release; null when the tier is not known to have everything.</returns>
    public long? GiveUp()
    {
        long? released = IsReady && !IsBehind && _pending == 0 ? Epoch : null;
        Forget();
        IsTaken = false;
        return released;
    }

    /// <summary>Ends when nothing is on its way to the tier.</summary>
    public Task DrainAsync()
    {
        lock (Lock)
        {
            if (_pending == 0)
            {
                return Task.CompletedTask;
            }

            _drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    /// <summary>Ends that the tier is asked and written: a call failed, or another epoch was drawn. What is on its way fails.</summary>
    public void Cut() => IsReady = false;

    /// <summary>Ends it when this is still the epoch.</summary>
    public void CutAt(long epoch) => IsReady &= epoch != Epoch;

    /// <summary>Ends it so that the partition is opened again, when others still hold against its epoch what the tier has got since.</summary>
    /// <param name="epoch">The time as an epoch.</param>
    public void CutIfBlamed(long epoch)
    {
        if (IsReady && _isAdopted && _pending == 0 && _toldUpTo >= Epoch && epoch > _toldUpTo)
        {
            Cut();
        }
    }

    /// <summary>It is another's, as the tier knows it: it is opened again as if this silo had never had it.</summary>
    public void Lose()
    {
        Cut();
        (Expected, _firstEpoch) = (null, 0);
    }

    /// <summary>The tier knows that this silo answers for what it has.</summary>
    public void Adopted(long epoch) => _isAdopted = epoch == Epoch;

    /// <summary>What the tier has counts no more: it is opened again, and told so.</summary>
    public void SetVoid()
    {
        Cut();
        _isVoid = true;
        foreach (var key in TakeUnsaved())
        {
            Tidy(key, _keys[key]);
        }
    }

    /// <summary>Others know what the tier lacks.</summary>
    public void Told(long upTo) => _toldUpTo = Math.Max(_toldUpTo, upTo);

    /// <summary>Begins to ask and write the tier under an epoch that was drawn.</summary>
    /// <param name="opening">What the tier said.</param>
    /// <param name="isTrusted">False when what it has may be older than what somebody acknowledged.</param>
    /// <param name="version">The partition's number by now, above all of earlier epochs.</param>
    /// <returns>True when what it has counts no more.</returns>
    public bool Begin(TierOpening opening, bool isTrusted, long version)
    {
        var isVoid = _isVoid || !isTrusted;
        if (_firstEpoch == 0)
        {
            (_firstEpoch, _firstVersion) = (opening.Epoch, version);
            isVoid |= !_barriers.TryLoad(opening.Barriers);
        }

        if (isVoid)
        {
            _barriers.Clear();
        }

        _opening = opening;
        Expected = opening.Epoch;
        _voidBefore = isVoid ? opening.Epoch : opening.VoidBefore;
        (_isVoid, _isAdopted, _hasUnsavedBarriers) = (false, false, false);
        IsReady = true;
        return isVoid;
    }

    private void Forget()
    {
        Turn++;
        IsReady = false;
        _isOpening = false;
        RevokeAll();
        _keys.Clear();
        _barriers.Clear();
        (_opening, Expected, _firstEpoch, _toldUpTo) = (null, null, 0, 0);
        (_unsaved, _pending, _hasUnsavedBarriers, _isVoid, _isAdopted) = (0, 0, false, false, false);
        _drained?.TrySetResult();
        _drained = null;
    }
}
