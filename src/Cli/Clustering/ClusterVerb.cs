using System.Globalization;
using Armature.CommandLine;
using Armature.Hosting;
using Armature.Reporting;
using Armature.Terminal;
using Spectre.Console;

namespace Armature.Clustering;

/// <summary>Runs <c>armature cluster</c>.</summary>
internal sealed class ClusterVerb(CommandConsole console, (ClusterAddress Cluster, CommonArguments Common) arguments, TimeProvider timeProvider)
{
    private const string Unknown = "-";

    /// <summary>Lists the silos.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ClusterConnection.OpenAsync(arguments.Cluster, arguments.Common.Verbosity, cancellationToken);
        var silos = (await connection.Client.Cluster.ListSilosAsync(cancellationToken)).Select(SiloLine.Of).ToList();
        if (arguments.Common.Format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, new ClusterReport(silos));
        }
        else
        {
            WriteTable(silos);
        }

        return ExitCode.Done;
    }

    private void WriteTable(List<SiloLine> silos)
    {
        var table = new Table().Border(TableBorder.None)
            .AddColumns("SILO", "STATUS", "VERSION", "ROLES", "CPU", "I/O", "RUNNING", "QUEUED", "BATCHES", "UP");
        foreach (var silo in silos)
        {
            table.AddRow(
                Markup.Escape(silo.Silo),
                silo.Status,
                Markup.Escape(silo.Version ?? Unknown),
                silo.Roles ?? Unknown,
                Number(silo.CpuThreads),
                Number(silo.IoConcurrency),
                Number(silo.RunningItems),
                Number(silo.QueuedItems),
                Number(silo.CoordinatedBatches),
                silo.StartedAt is { } start ? ProgressText.Duration(timeProvider.GetUtcNow() - start) : Unknown);
        }

        ReportWriter.WriteTable(console.Output, table);
    }

    private static string Number(int? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? Unknown;
}
