using System.ComponentModel.DataAnnotations;
using Armature.CommandLine;
using Armature.Hosting;
using Armature.Rendering.Output;
using Armature.Rendering.Routes;
using Armature.Reporting;
using Armature.Terminal;

namespace Armature.Rendering;

/// <summary>Runs <c>armature render</c> and writes its report.</summary>
internal sealed class RenderVerb(CommandConsole console, TimeProvider timeProvider)
{
    // What no page can do anything about: nothing could start.
    private static readonly string[] UnableToStart =
        [RenderErrorCodes.SiteUnusable, RenderErrorCodes.SiteNotAllowed, RenderErrorCodes.RendererUnavailable];

    /// <summary>Runs the verb.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The site, a file or the output cannot be used.</exception>
    public async Task<int> RunAsync(RenderArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await RunUntranslatedAsync(arguments, cancellationToken);
        }
        catch (RenderException e) when (e.Code != RenderErrorCodes.OutputUnwritable)
        {
            throw new UsageException(VisibleText.OfLines(e.Message), e);
        }
        catch (ValidationException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    private async Task<int> RunUntranslatedAsync(RenderArguments arguments, CancellationToken cancellationToken)
    {
        var site = Site.Open(arguments.Site, arguments.SiteOptions);
        var options = await ReadOptionsAsync(arguments, cancellationToken);
        var stats = await RenderAsync(site, arguments, options, cancellationToken);
        if (stats.PagesRendered + stats.PagesUnchanged == 0 && stats.Failed is [var first, ..] && stats.Failed.All(page => UnableToStart.Contains(page.Code)))
        {
            throw new UsageException(VisibleText.OfLines(first.Message));
        }

        var report = RenderReport.Of(stats, arguments);
        if (arguments.Common.Format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, report);
        }
        else
        {
            RenderSummary.Write(console.Output, report);
        }

        return report.ExitCode;
    }

    private async Task<StaticSiteStats> RenderAsync(Site site, RenderArguments arguments, PreRenderOptions options, CancellationToken cancellationToken)
    {
        StaticSiteStats? stats = null;
        var (cluster, verbosity) = (arguments.Common.Cluster, arguments.Common.Verbosity);
        await console.Progress.ShowAsync("render", cluster is null ? "starting a silo on this machine" : "connecting to the cluster", async progress =>
        {
            await using var silo = cluster is null ? await EmbeddedSilo.StartAsync(verbosity, static options => options.Rendering.Enabled = true, static _ => { }, timeProvider, cancellationToken) : null;
            await using var connection = cluster is null ? null : await ClusterConnection.OpenAsync(cluster, verbosity, cancellationToken);
            var services = silo?.Services ?? connection!.Services;
            options.Rendering = new() { BatchId = Guid.CreateVersion7().ToString("N") };
            if (cluster is not null)
            {
                // By this id others see it, and may cancel it.
                progress.Report(new ProgressSnapshot(0, 0, 0, []) { Note = $"batch {options.Rendering.BatchId}", IsTotalKnown = false });
            }

            options.Progress = new RenderProgress(progress);
            stats = await services.GetRequiredService<ArmatureClient>().Rendering.PreRenderSiteAsync(site, arguments.OutputFolder, options, cancellationToken);
        });
        return stats!;
    }

    private static async Task<PreRenderOptions> ReadOptionsAsync(RenderArguments arguments, CancellationToken cancellationToken)
    {
        var inputs = arguments.InputsFile is { } file ? await InputsFile.ReadAsync(file, cancellationToken) : null;
        return new()
        {
            Routes = RoutesOf(arguments),
            Layout = arguments.Layout,
            NotFoundRoute = arguments.NotFoundRoute,
            Sitemap = arguments.WritesSitemap,
            Compress = arguments.Compresses,
            InputsOf = inputs is null ? null : (route, _) => ValueTask.FromResult(inputs.GetValueOrDefault(route)),
            Reuse = arguments.Reuse,
            OnFailure = arguments.OnFailure,
        };
    }

    private static RouteSource? RoutesOf(RenderArguments arguments)
    {
        var given = arguments switch
        {
            { RoutesFile: { } file } => RouteSource.FromFile(file),
            { SitemapFile: { } file } => RouteSource.FromSitemap(file),
            _ => null,
        };
        return arguments.Links is LinkFollowing.Always ? given?.AndCrawl() ?? RouteSource.Crawl() : given;
    }
}
