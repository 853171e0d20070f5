using Armature.Rendering.Routes;

namespace Armature.Rendering.Output;

/// <summary>Pre-renders sites into folders: all or nothing of a version, and one switch.</summary>
internal sealed class SitePreRenderer(TimeProvider timeProvider)
{
    // What routes and crawls may have at most.
    private const int MaxRecordedPages = 5_000_000;

    private const int MaxWarnings = 100;

    /// <summary>Renders a site and publishes it.</summary>
    /// <exception cref="RenderException">The output cannot be used or written, or the routes cannot be read.</exception>
    public async Task<StaticSiteStats> RunAsync(SiteToRender site, string outputFolder, PreRenderOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await RunUntranslatedAsync(site, outputFolder, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (DiskFailure.IsOf(e))
        {
            throw DiskFailure.Of(e, outputFolder);
        }
    }

    private async Task<StaticSiteStats> RunUntranslatedAsync(SiteToRender site, string outputFolder, PreRenderOptions options, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        RefuseOutputInSite(site.Folder, outputFolder);
        using var versions = SiteVersions.Open(outputFolder);
        var warnings = new List<string>();
        var source = options.Routes ?? await DefaultRoutesAsync(site, cancellationToken).ConfigureAwait(false);
        var routes = await ReadRoutesAsync(source, site, options, warnings, cancellationToken).ConfigureAwait(false);
        var last = await ReadLastAsync(versions, options, warnings, cancellationToken).ConfigureAwait(false);
        var version = versions.Begin(timeProvider.GetUtcNow());
        var isPublished = false;
        try
        {
            var run = new PreRenderRun(site, source, options, version, versions, last, timeProvider);
            var record = await run.WriteAsync(routes, cancellationToken).ConfigureAwait(false);
            if (MayPublish(run, options))
            {
                await record.WriteAsync(version, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                versions.Publish(version);
                isPublished = true;
                versions.Prune(options.KeptVersions, retires: TakesFoldersOver(options));
            }

            return Summary(site, run, options, isPublished ? Path.GetFileName(version) : null, timeProvider.GetElapsedTime(started), warnings);
        }
        finally
        {
            if (!isPublished)
            {
                SiteVersions.Discard(version);
            }
        }
    }

    /// <summary>Where routes come from when nobody says: the bundle, or a crawl when it names none.</summary>
    public static async Task<RouteSource> DefaultRoutesAsync(SiteToRender site, CancellationToken cancellationToken)
    {
        var routes = await site.ListRoutes(cancellationToken).ConfigureAwait(false);
        return routes.Any(route => route is { Mode: not RouteMode.Client, HasParameters: false }) ? RouteSource.FromManifest() : RouteSource.Crawl();
    }

    /// <summary>The routes that are known without rendering.</summary>
    public static Task<IReadOnlyList<FoundRoute>> ReadRoutesAsync(
        RouteSource source, SiteToRender site, PreRenderOptions options, List<string> warnings, CancellationToken cancellationToken)
    {
        var all = options.NotFoundRoute is { } notFound ? source.And(RouteSource.From([notFound])) : source;
        return RouteList.ReadAsync(all, new RouteContext(site.Description.Origin, site.ListRoutes, warnings.Add), options.MaxRoutes, cancellationToken);
    }

    // The next build would remove it, and a bundle that holds its own output is another with each run.
    private static void RefuseOutputInSite(string? folder, string outputFolder)
    {
        if (folder is not null && (Path.GetFullPath(outputFolder) + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new RenderException(RenderErrorCodes.OutputUnusable, $"'{outputFolder}' lies in the built site '{folder}', which the next build replaces. Give a folder outside of it.");
        }
    }

    private static async Task<SiteRecord> ReadLastAsync(SiteVersions versions, PreRenderOptions options, List<string> warnings, CancellationToken cancellationToken)
    {
        if (versions.Current is not { } current)
        {
            return SiteRecord.Empty;
        }

        if (await SiteRecord.TryReadAsync(current, MaxRecordedPages, cancellationToken).ConfigureAwait(false) is { } record)
        {
            return record;
        }

        warnings.Add($"The record of the last version, {Path.Combine(current, SiteRecord.FileName)}, cannot be read: all pages are rendered, and a page that fails keeps no last version.");
        return SiteRecord.Empty;
    }

    // A site of nothing but failures replaces no site, and neither does half of one.
    private static bool MayPublish(PreRenderRun run, PreRenderOptions options) =>
        !IsCancelled(run)
        && run.Pages.Any(page => page is { Written: not null, Error: null })
        && (options.OnFailure is FailurePublishing.PublishGood || run.Pages.All(page => page.Error is null));

    // In the other layout pages share their folders.
    private static bool TakesFoldersOver(PreRenderOptions options) =>
        options.Layout is PageLayout.Folders && (options.Reuse is PageReuse.ByBundle || (options.Reuse is PageReuse.ByInputs && options.InputsOf is not null));

    private static bool IsCancelled(PreRenderRun run) => run.Pages.Any(page => page.Error?.Code == ItemErrorCodes.Cancelled);

    private static StaticSiteStats Summary(
        SiteToRender site, PreRenderRun run, PreRenderOptions options, string? version, TimeSpan timeTaken, IReadOnlyList<string> warnings)
    {
        var good = run.Pages.Where(page => page.Error is null).ToArray();
        var failed = run.Pages.Where(page => page.Error is not null).ToArray();
        return new()
        {
            Bundle = site.Description.Bundle,
            PagesRendered = good.Count(page => !page.IsUnchanged),
            PagesUnchanged = good.Count(page => page.IsUnchanged),
            Redirects = good.Count(page => page.Written?.Location is not null),
            FailedCount = failed.Length,
            Failed =
            [
                .. failed.OrderBy(page => page.Route, StringComparer.Ordinal)
                    .Take(options.MaxListedFailures)
                    .Select(page => new FailedPage(page.Route, page.Error!.Code, MessageOf(page), KeepsLastGood: page.Written is not null)),
            ],
            Warnings = [.. warnings.Concat(run.Warnings).Take(MaxWarnings)],
            IsCancelled = IsCancelled(run),
            AssetsCopied = run.AssetsCopied,
            BytesWritten = run.BytesWritten,
            TimeTaken = timeTaken,
            Version = version,
        };
    }

    private static string MessageOf(PlannedPage page) =>
        page.LinkedFrom is { } from ? $"{page.Error!.Message} It is linked from {from}." : page.Error!.Message;
}
