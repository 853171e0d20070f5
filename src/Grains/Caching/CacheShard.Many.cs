namespace Armature.Caching;

// Reads of many entries.
internal sealed partial class CacheShard
{
    /// <inheritdoc cref="CacheStore.Get"/>
    public void Get(KeyReads keys, ReadOnlySpan<int> places, long now, Span<CachedValue> found)
    {
        var reads = keys.All;
        lock (_lock)
        {
            _table.Seek(reads, places);
            foreach (var i in places)
            {
                TryUse(_table.Find(reads[i], keys.BytesOf(reads[i])), now, out found[i]);
            }
        }
    }

    /// <inheritdoc cref="CacheStore.Give"/>
    public void Give(KeyReads keys, ReadOnlySpan<int> places, long now, CacheAnswer answer)
    {
        var reads = keys.All;
        lock (_lock)
        {
            _table.Seek(reads, places);
            foreach (var i in places)
            {
                ref var read = ref reads[i];
                if (!TryUse(_table.Find(read, keys.BytesOf(read)), now, out var found))
                {
                    read.Slot = SlotTable.None;
                    continue;
                }

                answer.Give(read.Place, found);
                read.MovedTo = found.IsMoved ? found.ExpiresAt : 0;
            }
        }
    }
}
