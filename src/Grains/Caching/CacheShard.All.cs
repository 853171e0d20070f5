namespace Armature.Caching;

// What looks at all entries.
internal sealed partial class CacheShard
{
    /// <summary>Adds the entries of a partition to a list. Looks at all entries, as <see cref="Drop"/> does.</summary>
    public void Export(int partition, long now, List<ExportedEntry> exported)
    {
        lock (_lock)
        {
            for (var slot = _table.NextOf(partition, 0); slot != SlotTable.None; slot = _table.NextOf(partition, slot + 1))
            {
                if (_table[slot].KeptUntil > now)
                {
                    exported.Add(Export(slot, now));
                }
            }
        }
    }

    /// <summary>One entry as <see cref="Export(int, long, List{ExportedEntry})"/> gives it; false when it is not there.</summary>
    public bool TryExport(StoreKey key, long now, out ExportedEntry exported)
    {
        lock (_lock)
        {
            var slot = FindLive(key, now);
            exported = slot == SlotTable.None ? default : Export(slot, now);
            return slot != SlotTable.None;
        }
    }

    /// <summary>Removes the entries of a partition. Looks at all entries: about a nanosecond each.</summary>
    public void Drop(int partition)
    {
        lock (_lock)
        {
            for (var slot = _table.NextOf(partition, 0); slot != SlotTable.None; slot = _table.NextOf(partition, slot + 1))
            {
                Remove(slot);
            }
        }
    }

    /// <summary>
    /// Shows some entries, from a slot on, also those that have expired and are kept. Those that are over are removed: for a read that
    /// began before, they are not.
    /// </summary>
    /// <param name="slot">The slot; on return the one to go on with.</param>
    /// <param name="count">How many slots to look at while the lock is held.</param>
    /// <param name="now">Entries whose time is over by then are not shown.</param>
    /// <param name="visitor">Whom to show them.</param>
    /// <returns>False when these were the last.</returns>
    public bool Visit(ref int slot, int count, long now, EntryVisitor visitor)
    {
        lock (_lock)
        {
            for (var end = Math.Min(slot + count, _table.Capacity); slot < end; slot++)
            {
                ref var entry = ref _table[slot];
                if (entry.Data is { } data && !RemoveIfOver(slot, now) && visitor(new(data.AsSpan(0, entry.KeyLength), entry.Hash), Read(slot) with { IsStale = entry.ExpiresAt <= now }))
                {
                    Remove(slot);
                }
            }

            return slot < _table.Capacity;
        }
    }

    private ExportedEntry Export(int slot, long now)
    {
        ref var entry = ref _table[slot];
        return new(entry.Data!, entry.KeyLength, entry.TagsLength, entry.Version, CacheTime.Until(entry.ExpiresAt, now), entry.Sliding, entry.StaleSeconds, _policy.UsesOf(slot));
    }
}
