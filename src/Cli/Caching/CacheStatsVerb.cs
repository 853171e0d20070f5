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
        var table = new Table().Border(TableBorder.None).AddColumns("SILO", "PARTITIONS", "ENTRIES", "BYTES", "OF", "EVICTED", "EXPIRED", "HITS", "MISSES");
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
                Number(silo.Caches.Sum(cache => cache.Misses)));
        }

        ReportWriter.WriteTable(console.Output, table);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
