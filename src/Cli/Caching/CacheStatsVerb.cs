using System.Globalization;
using Armature.CommandLine;
using Armature.Hosting;
using Armature.Reporting;
using Armature.Terminal;
using Spectre.Console;

namespace Armature.Caching;

/// <summary>Runs <c>armature cache stats</c>.</summary>
internal sealed class CacheStatsVerb(CommandConsole console, ClusterAddress cluster, CommonArguments common)
{
    /// <summary>Says what the silos' caches hold.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ClusterConnection.OpenAsync(cluster, common.Verbosity, cancellationToken);
        var silos = await connection.Client.Cluster.ListCacheStatisticsAsync(cancellationToken);
        if (common.Format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, new CacheStatsReport(silos));
            return ExitCode.Done;
        }

        WriteTable(silos);
        return ExitCode.Done;
    }

    private void WriteTable(IReadOnlyList<CacheSiloStatistics> silos)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("SILO", "PARTITIONS", "ENTRIES", "BYTES", "OF", "EVICTED", "EXPIRED", "HITS", "MISSES", "BEHIND", "UNSAVED");
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

        ReportWriter.WriteTable(console.Output, table);
        foreach (var problem in silos.Select(silo => silo.Tier?.Problem).OfType<string>().Distinct())
        {
            console.Output.WriteLine(problem);
        }
    }

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
