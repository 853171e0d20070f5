using Armature.CommandLine;
using Armature.Hosting;
using Armature.Reporting;
using Armature.Terminal;

namespace Armature.Images;

/// <summary>Runs <c>armature images</c> and writes its report.</summary>
internal sealed class ImagesVerb(CommandConsole console, TimeProvider timeProvider)
{
    /// <summary>Runs the verb.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ImagesArguments arguments, CancellationToken cancellationToken)
    {
        var plan = VariantPlan.Create(arguments, CommandConfiguration.Read().Images);
        var run = new ImagesRun(arguments, plan, CreateWorker(arguments, plan), console.Progress, timeProvider);
        var report = await run.RunAsync(cancellationToken);
        if (arguments.Common.Format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, report);
        }
        else
        {
            ImagesSummary.Write(console.Output, report);
        }

        return report.ExitCode;
    }

    private IImageFileWorker CreateWorker(ImagesArguments arguments, ImagePlan plan) => arguments.Common.Cluster is { } cluster
        ? new ClusterImageFileWorker(plan, arguments, cluster, timeProvider)
        : new EmbeddedImageFileWorker(plan, arguments.OutputFolder, arguments.Common.Verbosity, timeProvider);
}
