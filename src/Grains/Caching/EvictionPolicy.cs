namespace Armature.Caching;

/// <summary>
/// Which entries stay when they do not all fit: W-TinyLFU (Einziger, Eytan, Friedman and Manes 2018). What comes passes through a small
/// window; what leaves that stays only if it is asked for more often than the entry that would go for it, so that a scan of keys that
/// nobody asks for again takes nothing away. What is asked for again is protected. Sizes are bytes. Not thread-safe.
/// </summary>
internal sealed class EvictionPolicy
{
    private const double WindowShare = 0.01;
    private const double ProtectedShare = 0.8;

    private readonly SlotTable _table;
    private readonly FrequencySketch _frequencies = new(1);
    private readonly SlotQueue _window;
    private readonly SlotQueue _probation;
    private readonly SlotQueue _protected;
    private readonly long _maxWeight;
    private readonly long _maxWindow;
    private readonly long _maxProtected;

    // From half of the room on. Before, nothing has to go soon: then a read costs its entry's own memory, and no other.
    private bool _isRanking;

    public EvictionPolicy(SlotTable table, long maxWeight)
    {
        _table = table;
        _window = new(table, CacheRegion.Window);
        _probation = new(table, CacheRegion.Probation);
        _protected = new(table, CacheRegion.Protected);
        _maxWeight = maxWeight;
        _maxWindow = (long)(maxWeight * WindowShare);
        _maxProtected = (long)((maxWeight - _maxWindow) * ProtectedShare);
    }

    public long Weight => _window.Weight + _probation.Weight + _protected.Weight;

    public void OnRead(int slot, ref CacheSlot entry)
    {
        Count(ref entry);
        if (_isRanking)
        {
            Rank(slot, entry.Region);
        }
    }

    public void OnAdded(int slot)
    {
        _window.Add(slot);
        if (_isRanking)
        {
            _frequencies.EnsureCapacity(_table.Count);
        }

        Count(ref _table[slot]);
    }

    /// <summary>How often an entry was asked for, about: 0 to 15.</summary>
    public byte UsesOf(int slot) => (byte)(_isRanking ? _frequencies.Count(_table[slot].Hash) : _table[slot].Uses);

    /// <summary>Counts what an entry was asked for elsewhere.</summary>
    public void Warm(int slot, byte uses)
    {
        if (_isRanking)
        {
            _frequencies.Add(_table[slot].Hash, uses);
            return;
        }

        for (var use = 0; use < uses; use++)
        {
            _table[slot].CountUse();
        }
    }

    /// <summary>Puts other bytes into an entry: it stays where it is, and weighs what they do.</summary>
    public void OnReplacing(int slot, byte[] data)
    {
        var queue = QueueOf(slot);
        queue.Remove(slot);
        _table[slot].Data = data;
        queue.Add(slot);
    }

    public void OnRemoving(int slot) => QueueOf(slot).Remove(slot);

    /// <summary>The entry that goes next; <see cref="SlotTable.None"/> when all fit. It is to be removed, and this asked again.</summary>
    public int NextVictim()
    {
        if (!_isRanking && Weight > _maxWeight / 2)
        {
            BeginToRank();
        }

        while (_window.Weight > _maxWindow)
        {
            var candidate = _window.Oldest;
            if (Weight > _maxWeight)
            {
                return Loser(candidate, _probation.Oldest);
            }

            _window.Remove(candidate);
            _probation.Add(candidate);
        }

        return Weight <= _maxWeight ? SlotTable.None : FirstOf(_probation.Oldest, _protected.Oldest, _window.Oldest);
    }

    private void Count(ref CacheSlot entry)
    {
        if (_isRanking)
        {
            _frequencies.Increment(entry.Hash);
        }
        else
        {
            entry.CountUse();
        }
    }

    // What was counted until now counts on; the order is that of the writes.
    private void BeginToRank()
    {
        _isRanking = true;
        _frequencies.EnsureCapacity(2 * _table.Count);
        for (var slot = 0; slot < _table.Capacity; slot++)
        {
            Warm(slot, (byte)_table[slot].Uses);
        }
    }

    private void Rank(int slot, CacheRegion region)
    {
        switch (region)
        {
            case CacheRegion.Window:
                _window.MoveToNewest(slot);
                break;
            case CacheRegion.Protected:
                _protected.MoveToNewest(slot);
                break;
            default:
                Protect(slot);
                break;
        }
    }

    private void Protect(int slot)
    {
        _probation.Remove(slot);
        _protected.Add(slot);
        while (_protected.Weight > _maxProtected && _protected.Oldest != slot)
        {
            var demoted = _protected.Oldest;
            _protected.Remove(demoted);
            _probation.Add(demoted);
        }
    }

    private int Loser(int candidate, int victim) =>
        victim == SlotTable.None || _frequencies.Count(_table[candidate].Hash) <= _frequencies.Count(_table[victim].Hash) ? candidate : victim;

    private SlotQueue QueueOf(int slot) => _table[slot].Region switch
    {
        CacheRegion.Window => _window,
        CacheRegion.Probation => _probation,
        _ => _protected,
    };

    private static int FirstOf(int first, int second, int third) =>
        first != SlotTable.None ? first : second != SlotTable.None ? second : third;
}
