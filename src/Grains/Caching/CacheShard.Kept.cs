namespace Armature.Caching;

// Entries that have expired and are kept.
internal sealed partial class CacheShard
{
    /// <summary>Reads an entry as if nobody had, also one that has expired and is kept.</summary>
    public bool TryPeekKept(StoreKey key, long now, out CachedValue found)
    {
        lock (_lock)
        {
            var slot = FindKept(key, now);
            found = slot == SlotTable.None ? default : Read(slot) with { IsStale = _table[slot].ExpiresAt <= now };
            return slot != SlotTable.None;
        }
    }

    private int FindKept(StoreKey key, long now)
    {
        var slot = _table.Find(key.Hash, key.Bytes);
        return slot == SlotTable.None || RemoveIfOver(slot, now) ? SlotTable.None : slot;
    }

    private bool RemoveIfOver(int slot, long now)
    {
        if (_table[slot].KeptUntil > now)
        {
            return false;
        }

        _expire(slot);
        return true;
    }
}
