namespace Armature.Caching;

// Reads of many entries.
internal sealed partial class CacheShard
{
    /// <inheritdoc cref="CacheStore.Get"/>
    public void Get(Span<KeyRead> reads, int first, PackedKeys keys, ReadOnlySpan<byte> prefix, long now, Span<CachedValue> found)
    {
        lock (_lock)
        {
            Locate(reads, first, keys, prefix);
            for (var i = first; i >= 0; i = reads[i].Next)
            {
                TryUse(StillThere(reads[i].Slot), now, out found[i]);
            }
        }
    }

    /// <inheritdoc cref="CacheStore.Give"/>
    public void Give(Span<KeyRead> reads, int first, PackedKeys keys, ReadOnlySpan<byte> prefix, long now, CacheAnswer answer)
    {
        lock (_lock)
        {
            Locate(reads, first, keys, prefix);
            for (var i = first; i >= 0; i = reads[i].Next)
            {
                ref var read = ref reads[i];
                if (!TryUse(StillThere(read.Slot), now, out var found))
                {
                    read.Slot = SlotTable.None;
                    continue;
                }

                answer.Give(read.Place, found);
                read.MovedTo = found.IsMoved ? found.ExpiresAt : 0;
            }
        }
    }

    // One that had expired was removed when the same key was read before.
    private int StillThere(int slot) => slot == SlotTable.None || _table[slot].Data is null ? SlotTable.None : slot;

    // In passes: bucket, slot and bytes of an entry are three places in memory, each known by the one before. Within a pass no key waits
    // for another, and the processor fetches them for many keys together.
    private void Locate(Span<KeyRead> reads, int first, PackedKeys keys, ReadOnlySpan<byte> prefix)
    {
        for (var i = first; i >= 0; i = reads[i].Next)
        {
            ref var read = ref reads[i];
            read.Slot = _table.FirstOf(read.Hash);
        }

        for (var i = first; i >= 0; i = reads[i].Next)
        {
            ref var read = ref reads[i];
            read.Slot = _table.NextWith(read.Hash, read.Slot);
            read.Length = read.Slot == SlotTable.None ? 0 : _table[read.Slot].Data!.Length;
        }

        for (var i = first; i >= 0; i = reads[i].Next)
        {
            ref var read = ref reads[i];
            read.Slot = _table.NextOf(read.Hash, prefix, keys[read.Place], read.Slot);
        }
    }
}
