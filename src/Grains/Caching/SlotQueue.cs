namespace Armature.Caching;

/// <summary>Entries of one region from the oldest to the newest, and what they weigh. Not thread-safe.</summary>
internal sealed class SlotQueue(SlotTable table, CacheRegion region)
{
    private int _newest = SlotTable.None;

    public int Oldest { get; private set; } = SlotTable.None;

    public long Weight { get; private set; }

    public void Add(int slot)
    {
        ref var entry = ref table[slot];
        (entry.Region, entry.Older, entry.Newer) = (region, _newest, SlotTable.None);
        if (_newest == SlotTable.None)
        {
            Oldest = slot;
        }
        else
        {
            table[_newest].Newer = slot;
        }

        _newest = slot;
        Weight += entry.Weight;
    }

    public void Remove(int slot)
    {
        ref var entry = ref table[slot];
        if (entry.Older == SlotTable.None)
        {
            Oldest = entry.Newer;
        }
        else
        {
            table[entry.Older].Newer = entry.Newer;
        }

        if (entry.Newer == SlotTable.None)
        {
            _newest = entry.Older;
        }
        else
        {
            table[entry.Newer].Older = entry.Older;
        }

        Weight -= entry.Weight;
    }

    public void MoveToNewest(int slot)
    {
        if (slot == _newest)
        {
            return;
        }

        // It weighs what it did, and there is a newer one.
        ref var entry = ref table[slot];
        table[entry.Newer].Older = entry.Older;
        if (entry.Older == SlotTable.None)
        {
            Oldest = entry.Newer;
        }
        else
        {
            table[entry.Older].Newer = entry.Newer;
        }

        table[_newest].Newer = slot;
        (entry.Older, entry.Newer) = (_newest, SlotTable.None);
        _newest = slot;
    }
}
