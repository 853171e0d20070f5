using System.Globalization;
using Armature.Terminal;
using Spectre.Console;

namespace Armature.Caching;

/// <summary>The tables of <c>armature cache stats</c>.</summary>
internal static class CacheStatsTables
{
    /// <summary>A line for each silo.</summary>
    public static Table OfSilos(IReadOnlyList<CacheSiloStatistics> silos)
    {
        var table = Headed("SILO", "PARTITIONS", "ENTRIES", "BYTES", "OF", "EVICTED", "EXPIRED", "HITS", "MISSES", "BEHIND", "UNSAVED");
        foreach (var silo in silos)
        {
            table.AddRow(
                Markup.Escape(ProgressText.Address(silo.Silo)),
                Number(silo.Partitions),
                Number(silo.Entries),
                Number(silo.Bytes),
                Number(silo.MaxBytes),
                Number(silo.Evicted),
                Number(silo.Expired),
                Number(silo.Caches.Sum(cache => cache.Hits)),
                Number(silo.Caches.Sum(cache => cache.Misses)),
                Describe(silo.Tier),
                silo.Tier is { } tier ? Number(tier.UnsavedKeys) : "-");
        }

        return table;
    }

    /// <summary>A line for each cache, all silos together.</summary>
    public static Table OfCaches(IReadOnlyList<CacheSiloStatistics> silos)
    {
        var table = Headed("CACHE", "ENTRIES", "BYTES", "EVICTED", "HITS", "MISSES");
        foreach (var cache in silos.SelectMany(silo => silo.Caches).GroupBy(cache => cache.Name).OrderBy(cache => cache.Key, StringComparer.Ordinal))
        {
            table.AddRow(
                Markup.Escape(cache.Key),
                Number(cache.Sum(part => part.Entries)),
                Number(cache.Sum(part => part.Bytes)),
                Number(cache.Sum(part => part.Evicted)),
                Number(cache.Sum(part => part.Hits)),
                Number(cache.Sum(part => part.Misses)));
        }

        return table;
    }

    private static Table Headed(params string[] columns) => new Table().Border(TableBorder.None).AddColumns(columns);

    private static string Describe(CacheTierStatistics? tier) => tier switch
    {
        null => "-",
        { State: CacheTierState.Working } => "working",
        { State: CacheTierState.CatchingUp, PartitionsFromMemory: var partitions } => $"catching up ({Number(partitions)} partitions)",
        { State: CacheTierState.Full, Since: var since } => $"full since {Time(since)}",
        { Since: var since } => $"away since {Time(since)}",
    };

    private static string Time(DateTimeOffset? since) => since is { } at ? at.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) : "-";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
