using System.Collections.Concurrent;
using System.Globalization;
using Armature.Rendering.Routes;

namespace Armature.Rendering.Output;

/// <summary>One run over a site: find the routes, take over what is unchanged, render the rest, write all into a new version.</summary>
internal sealed class PreRenderRun
{
    private readonly SiteToRender _site;
    private readonly PreRenderOptions _options;
    private readonly SiteRecord _last;
    private readonly SiteWriter _writer;
    private readonly FileVariants _variants;
    private readonly StaticAssets _assets;
    private readonly SiteStamp _stamp;
    private readonly SitePlan _plan;
    private readonly PageOutcomes _outcomes;
    private readonly ProgressMeter _progress;
    private readonly CrawlOptions? _crawl;
    private readonly ConcurrentQueue<string> _warnings = new();

    public PreRenderRun(SiteToRender site, RouteSource routes, PreRenderOptions options, string version, SiteVersions versions, SiteRecord last, TimeProvider timeProvider)
    {
        _site = site;
        _options = options;
        _last = last;
        _crawl = routes.CrawlLimits;
        _variants = options.Compress ? FileVariants.Compressed : FileVariants.None;
        _writer = new(SiteVersions.SiteOf(version), versions.Current is { } current ? SiteVersions.SiteOf(current) : null, versions.Retired, _variants);
        _assets = StaticAssets.Find(site.StaticFolder);
        _stamp = new(site.Description);
        _plan = new(options, version, Math.Max(options.MaxRoutes, _crawl?.MaxPages ?? 0));
        _outcomes = new(_writer, last, _plan.NotFoundRoute);
        _progress = new(options.Progress, timeProvider);
    }

    /// <summary>All pages, with what became of them.</summary>
    public IReadOnlyList<PlannedPage> Pages => _plan.Pages;

    /// <summary>What else is worth knowing.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    /// <summary>Bytes that were written.</summary>
    public long BytesWritten => _writer.BytesWritten;

    /// <summary>Static files that were copied.</summary>
    public int AssetsCopied { get; private set; }

    /// <summary>Writes all files of the version.</summary>
    /// <returns>What they were made of.</returns>
    public async Task<SiteRecord> WriteAsync(IReadOnlyList<FoundRoute> routes, CancellationToken cancellationToken)
    {
        var levels = new RenderedLevels(_site.Render, _options.MaxWrites, (page, rendered) => Handle(page, rendered, cancellationToken));
        foreach (var unanswered in await levels.RunAsync(Levels(routes), TryReuseAsync, cancellationToken).ConfigureAwait(false))
        {
            _outcomes.Fail(unanswered, new(ItemErrorCodes.Cancelled, $"The page {unanswered.Route} was not rendered: its batch ended before it."));
        }

        RemoveConflicts();
        if (_options.Sitemap)
        {
            WriteSitemap();
        }

        var assets = await CopyAssetsAsync(cancellationToken).ConfigureAwait(false);
        return new(_plan.Pages.Where(page => page.Written is not null).ToDictionary(page => page.Route, page => page.Written!, StringComparer.Ordinal), assets);
    }

    private IEnumerable<IReadOnlyList<PlannedPage>> Levels(IReadOnlyList<FoundRoute> routes)
    {
        var level = Add([.. routes.Select(route => new PlannedRoute(route))]);
        yield return level;
        for (var depth = 0; _crawl is not null && level.Count > 0 && depth < _crawl.MaxDepth; depth++)
        {
            level = Add(LinksOf(level));
            yield return level;
        }

        if (_crawl is not null && LinksOf(level).Count is > 0 and var left)
        {
            _warnings.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{left:N0} further pages are linked to and were not rendered: they are more than {_crawl.MaxDepth:N0} links away."));
        }
    }

    private IReadOnlyList<PlannedPage> Add(List<PlannedRoute> routes)
    {
        if (_crawl is not null && _plan.Pages.Count + routes.Count > _crawl.MaxPages)
        {
            var room = _crawl.MaxPages - _plan.Pages.Count;
            _warnings.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{routes.Count - room:N0} or more further pages were found and not rendered: the crawl ends at {_crawl.MaxPages:N0} pages."));
            routes = [.. routes.Take(room)];
        }

        var known = _plan.Pages.Count;
        var pages = _plan.Add(routes);
        _progress.Know(_plan.Pages.Count, isTotal: _crawl is null);
        for (var refused = _plan.Pages.Count - known - pages.Count; refused > 0; refused--)
        {
            _progress.Finish(hasFailed: true);
        }

        return pages;
    }

    private List<PlannedRoute> LinksOf(IReadOnlyList<PlannedPage> level)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var links = level.SelectMany(page => page.Links, static (page, link) => (From: page.Route, Link: link));
        return
        [
            .. links.Where(link => !_plan.HasLinked(link.Link) && !_assets.Has(Uri.UnescapeDataString(link.Link).TrimStart('/')) && found.Add(SitePlan.LinkKey(link.Link)))
                .Select(link => new PlannedRoute(FoundRoute.Of(link.Link), link.From)),
        ];
    }

    private async ValueTask<bool> TryReuseAsync(PlannedPage page, CancellationToken cancellationToken)
    {
        var inputs = _options.InputsOf is { } inputsOf ? await inputsOf(page.Route, cancellationToken).ConfigureAwait(false) : null;
        page.Stamp = _stamp.Of(inputs);
        var mayReuse = _options.Reuse is PageReuse.ByBundle || (_options.Reuse is PageReuse.ByInputs && inputs is not null);
        if (!mayReuse || _outcomes.TryReuse(page) is not { } reused)
        {
            return false;
        }

        FindLinks(page, reused, cancellationToken);
        _progress.Finish(hasFailed: false);
        return true;
    }

    private void Handle(PlannedPage page, RenderedPage rendered, CancellationToken cancellationToken)
    {
        if (_outcomes.Write(page, rendered) is { } written)
        {
            FindLinks(page, written, cancellationToken);
        }

        _progress.Finish(page.Error is not null);
    }

    private void FindLinks(PlannedPage page, RenderedPage rendered, CancellationToken cancellationToken)
    {
        if (_crawl is null)
        {
            return;
        }

        if (PageLinks.Find(rendered, _site.Description.Origin, cancellationToken) is { } links)
        {
            page.Links = links;
            return;
        }

        _warnings.Enqueue($"The links of {page.Route} were not followed: it has more than 100,000 elements.");
    }

    // A crawl may find that a page has the file of another after that was written.
    private void RemoveConflicts()
    {
        foreach (var page in _plan.Pages.Where(page => page is { IsInConflict: true, Written: not null }))
        {
            _writer.Remove(page.Written!.Files);
            page.Written = null;
        }
    }

    private void WriteSitemap()
    {
        var routes = _plan.Pages
            .Where(page => page.Written?.Status == 200 && page.Route != _plan.NotFoundRoute)
            .Select(page => page.Route)
            .Order(StringComparer.Ordinal);
        foreach (var (name, content) in new SitemapFiles(_site.Description.Origin).Write(routes))
        {
            _writer.Write(name, content);
        }
    }

    private async Task<Dictionary<string, IReadOnlyList<RecordedFile>>> CopyAssetsAsync(CancellationToken cancellationToken)
    {
        var copied = new ConcurrentDictionary<string, IReadOnlyList<RecordedFile>>(StringComparer.Ordinal);
        var free = _assets.Paths.Where(path => !_plan.IsTaken(path));
        await Parallel.ForEachAsync(free, new ParallelOptions { MaxDegreeOfParallelism = _options.MaxWrites, CancellationToken = cancellationToken }, (path, _) =>
        {
            copied[path] = _assets.Copy(path, _writer, _last, _variants);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        AssetsCopied = copied.Count;
        return copied.Where(asset => asset.Value.Count > 0).ToDictionary(StringComparer.Ordinal);
    }
}
