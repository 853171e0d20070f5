using Armature.CommandLine;
using Armature.Hosting;
using Armature.Reporting;
using Armature.Terminal;

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

        ReportWriter.WriteTable(console.Output, CacheStatsTables.OfSilos(silos));
        foreach (var problem in silos.Select(silo => silo.Tier?.Problem).OfType<string>().Distinct())
        {
            console.Output.WriteLine(problem);
        }

        console.Output.WriteLine();
        ReportWriter.WriteTable(console.Output, CacheStatsTables.OfCaches(silos));
        return ExitCode.Done;
    }
}
