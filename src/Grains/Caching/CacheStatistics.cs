namespace Armature.Caching;

/// <summary>What a cache holds, and what became of its entries since it began.</summary>
/// <param name="Entries">The entries, with those that expired and that nobody has looked for since.</param>
/// <param name="Bytes">What they weigh: keys, values, and <see cref="SlotTable.EntryOverhead"/> for each.</param>
/// <param name="Hits">Reads of entries that were there.</param>
/// <param name="Misses">Reads of entries that were not.</param>
/// <param name="Evicted">Entries that had to go for others.</param>
/// <param name="Expired">Entries whose time was over.</param>
internal readonly record struct CacheStatistics(long Entries, long Bytes, long Hits, long Misses, long Evicted, long Expired)
{
    public static CacheStatistics operator +(CacheStatistics left, CacheStatistics right) => new(
        left.Entries + right.Entries,
        left.Bytes + right.Bytes,
        left.Hits + right.Hits,
        left.Misses + right.Misses,
        left.Evicted + right.Evicted,
        left.Expired + right.Expired);
}
