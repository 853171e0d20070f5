using System.Diagnostics.Metrics;

namespace Armature.Caching;

/// <summary>The metrics of the cache on this silo.</summary>
internal static class CachingInstruments
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Armature.Caching";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Hits = Count("hits", "{read}", "Reads of entries that were there.");
    private static readonly Counter<long> Misses = Count("misses", "{read}", "Reads of entries that were not.");
    private static readonly Counter<long> Evicted = Count("evicted", "{entry}", "Entries that had to go for others.");
    private static readonly Counter<long> Expired = Count("expired", "{entry}", "Entries whose time was over.");
    private static readonly Counter<long> Moved = Count("partitions.moved", "{partition}", "Partitions that went to another silo with their entries.");
    private static readonly Counter<long> Drawn = Count("barriers.drawn", "{barrier}", "Lines that older entries do not cross, one for each partition.");
    private static readonly Gauge<long> Barriers = Meter.CreateGauge<long>("armature.caching.barriers", "{barrier}", "Lines that stand: what they end has not been swept yet.");
    private static readonly Counter<long> TierReads = Count("tier.reads", "{key}", "Keys that were not in memory and were asked for behind it.");
    private static readonly Counter<long> TierHits = Count("tier.hits", "{key}", "Those that were there.");
    private static readonly Counter<long> TierWrites = Count("tier.writes", "{change}", "Changes that were kept behind memory.");
    private static readonly Counter<long> TierOutages = Count("tier.outages", "{outage}", "Times that what lies behind memory did not answer.");
    private static readonly Gauge<long> TierUnsaved = Meter.CreateGauge<long>("armature.caching.tier.unsaved", "{key}", "Keys that were changed in memory only, as far as they are remembered.");
    private static readonly Gauge<long> TierCut = Meter.CreateGauge<long>("armature.caching.tier.cut", "{partition}", "Partitions of this silo that work from memory alone.");
    private static readonly Gauge<long> Bytes = Meter.CreateGauge<long>("armature.caching.bytes", "By", "What the entries weigh.");
    private static readonly Gauge<long> Entries = Meter.CreateGauge<long>("armature.caching.entries", "{entry}", "Entries of all caches.");
    private static readonly Gauge<long> Held = Meter.CreateGauge<long>("armature.caching.partitions", "{partition}", "Partitions that this silo answers for.");

    private static readonly Gauge<long> CacheEntries = Meter.CreateGauge<long>("armature.caching.cache.entries", "{entry}", "Entries of one cache, by its name.");
    private static readonly Gauge<long> CacheBytes = Meter.CreateGauge<long>("armature.caching.cache.bytes", "By", "What the entries of one cache weigh.");
    private static readonly Counter<long> CacheEvicted = Count("cache.evicted", "{entry}", "Entries of one cache that had to go for others, of this or another cache.");

    public static void OnRead(long hits, long misses)
    {
        Hits.Add(hits);
        Misses.Add(misses);
    }

    public static void OnDrawn() => Drawn.Add(1);

    public static void OnMoved(int partitions) => Moved.Add(partitions);

    public static void OnTierRead(int keys, int found)
    {
        TierReads.Add(keys);
        TierHits.Add(found);
    }

    public static void OnTierWritten(int changes) => TierWrites.Add(changes);

    public static void OnTierLost(CacheTierFault fault) => TierOutages.Add(1, KeyValuePair.Create<string, object?>("reason", NameOf(fault)));

    /// <summary>Once in a while: how far what lies behind memory is behind.</summary>
    public static void OnTierLookedAfter(long unsaved, int cut)
    {
        TierUnsaved.Record(unsaved);
        TierCut.Record(cut);
    }

    /// <summary>Once in a while: how things stand now, and stood the time before.</summary>
    public static void OnLookedAfter(CacheStatistics now, CacheStatistics before, int partitions, int barriers)
    {
        Evicted.Add(now.Evicted - before.Evicted);
        Expired.Add(now.Expired - before.Expired);
        Bytes.Record(now.Bytes);
        Entries.Record(now.Entries);
        Held.Record(partitions);
        Barriers.Record(barriers);
    }

    /// <summary>Once in a while: what one cache holds now, and how many of its entries had to go since the time before.</summary>
    public static void OnLookedAfter(NamedCacheStatistics cache, long evicted)
    {
        var name = KeyValuePair.Create<string, object?>("cache", cache.Name);
        CacheEntries.Record(cache.Entries, name);
        CacheBytes.Record(cache.Bytes, name);
        CacheEvicted.Add(evicted, name);
    }

    private static string NameOf(CacheTierFault fault) => fault switch
    {
        CacheTierFault.NoAnswer => "no_answer",
        CacheTierFault.Unreachable => "unreachable",
        CacheTierFault.Refused => "refused",
        CacheTierFault.Full => "full",
        _ => "failed",
    };

    private static Counter<long> Count(string name, string unit, string description) =>
        Meter.CreateCounter<long>($"armature.caching.{name}", unit, description);
}
