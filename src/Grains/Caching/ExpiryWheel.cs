namespace Armature.Caching;

/// <summary>
/// Entries by the time at which they go, so that none that lives is looked at for it: wheels of 64 buckets, a bucket of the first
/// is about a second long, one of the next as long as the whole wheel before it (hierarchical timing wheels, Varghese and Lauck 1987).
/// An entry moves to a finer wheel as its time comes near. Not thread-safe.
/// </summary>
internal sealed class ExpiryWheel
{
    private const int WheelBits = 6;
    private const int Buckets = 1 << WheelBits;
    private const int Wheels = 5;

    // 2^10 ms, 65 s, 70 min, 75 h, 199 days; what expires later goes around the last wheel.
    private const int FirstBits = 10;

    private readonly SlotTable _table;
    private readonly int[] _first = new int[Wheels * Buckets];
    private long _now;

    public ExpiryWheel(SlotTable table, long now)
    {
        _table = table;
        _now = now;
        Array.Fill(_first, SlotTable.None);
    }

    /// <summary>Adds an entry that expires, by its <see cref="CacheSlot.KeptUntil"/>.</summary>
    public void Add(int slot)
    {
        ref var entry = ref _table[slot];
        var bucket = BucketOf(entry.KeptUntil);
        ref var first = ref _first[bucket];
        (entry.TimerBucket, entry.TimerPrevious, entry.TimerNext) = ((short)bucket, SlotTable.None, first);
        if (first != SlotTable.None)
        {
            _table[first].TimerPrevious = slot;
        }

        first = slot;
    }

    /// <summary>Removes an entry; one that is not here is none of the wheel's.</summary>
    public void Remove(int slot)
    {
        ref var entry = ref _table[slot];
        if (entry.TimerBucket == SlotTable.None)
        {
            return;
        }

        if (entry.TimerPrevious == SlotTable.None)
        {
            _first[entry.TimerBucket] = entry.TimerNext;
        }
        else
        {
            _table[entry.TimerPrevious].TimerNext = entry.TimerNext;
        }

        if (entry.TimerNext != SlotTable.None)
        {
            _table[entry.TimerNext].TimerPrevious = entry.TimerPrevious;
        }

        entry.TimerBucket = SlotTable.None;
    }

    /// <summary>Turns the wheels to a time, and gives each entry that has expired by then to its remover.</summary>
    public void Advance(long now, Action<int> remove)
    {
        var before = _now;
        if (now >> FirstBits == before >> FirstBits)
        {
            return;
        }

        _now = now;
        for (var wheel = 0; wheel < Wheels; wheel++)
        {
            var shift = Shift(wheel);
            var (from, to) = (before >> shift, now >> shift);
            if (from == to)
            {
                return;
            }

            for (var tick = from; tick <= Math.Min(to, from + Buckets - 1); tick++)
            {
                Empty((wheel * Buckets) + (int)(tick & (Buckets - 1)), remove);
            }
        }
    }

    private void Empty(int bucket, Action<int> remove)
    {
        var slot = _first[bucket];
        _first[bucket] = SlotTable.None;
        while (slot != SlotTable.None)
        {
            ref var entry = ref _table[slot];
            var next = entry.TimerNext;
            entry.TimerBucket = SlotTable.None;
            if (entry.KeptUntil <= _now)
            {
                remove(slot);
            }
            else
            {
                Add(slot);
            }

            slot = next;
        }
    }

    private int BucketOf(long keptUntil)
    {
        var ahead = keptUntil - _now;
        var wheel = 0;
        while (wheel < Wheels - 1 && ahead >= 1L << Shift(wheel + 1))
        {
            wheel++;
        }

        return (wheel * Buckets) + (int)((keptUntil >> Shift(wheel)) & (Buckets - 1));
    }

    private static int Shift(int wheel) => FirstBits + (wheel * WheelBits);
}
