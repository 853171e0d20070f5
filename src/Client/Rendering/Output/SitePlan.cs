using System.Globalization;

namespace Armature.Rendering.Output;

/// <summary>All pages of a run, each with a file that no other has. Not thread-safe.</summary>
internal sealed class SitePlan
{
    private const string SitemapOwner = "the sitemap";
    private const string DefaultNotFoundRoute = "/404";

    // At the longest routes, so many fill 50 MB.
    private const int LeastUrlsOfASitemap = 20_000;

    private readonly PreRenderOptions _options;
    private readonly string _outputFolder;
    private readonly OutputNames _names = new();
    private readonly List<PlannedPage> _pages = [];
    private readonly Dictionary<string, PlannedPage> _byRoute = new(StringComparer.Ordinal);

    // A link to "/a/" is one to "/a" when that is a page.
    private readonly HashSet<string> _linked = new(StringComparer.Ordinal);

    public SitePlan(PreRenderOptions options, string outputFolder, int maxPages)
    {
        _options = options;
        _outputFolder = outputFolder;
        if (options.Sitemap)
        {
            Claim(SitemapFiles.FileName, SitemapOwner);
            for (var i = 0; i <= maxPages / LeastUrlsOfASitemap; i++)
            {
                Claim(SitemapFiles.NameOf(i), SitemapOwner);
            }
        }
    }

    /// <summary>All pages, in the order in which they were found.</summary>
    public IReadOnlyList<PlannedPage> Pages => _pages;

    /// <summary>The route of the page for all that is not found.</summary>
    public string NotFoundRoute => _options.NotFoundRoute is { } route ? RoutePath.Normalize(route) : DefaultNotFoundRoute;

    /// <summary>True when a file is a page's, or in the way of one, whether that failed or not.</summary>
    public bool IsTaken(string path) => _names.IsTaken(path);

    /// <summary>True when a link to this route leads to a page that is planned already.</summary>
    public bool HasLinked(string route) => _linked.Contains(LinkKey(route));

    /// <summary>Adds routes.</summary>
    /// <returns>The pages of them that can be rendered. One that is in conflict with an earlier page fails, and that page as well.</returns>
    public IReadOnlyList<PlannedPage> Add(IEnumerable<PlannedRoute> routes)
    {
        var added = routes.Select(Add).OfType<PlannedPage>().ToList();
        return [.. added.Where(page => page.Error is null)];
    }

    private PlannedPage? Add(PlannedRoute route)
    {
        var found = route.Found;
        if (_byRoute.ContainsKey(found.Route))
        {
            return null;
        }

        _linked.Add(LinkKey(found.Route));
        if (found.Error is not null)
        {
            return Add(new PlannedPage(found.Route, null, route.LinkedFrom) { Error = found.Error });
        }

        var problem = OutputName.FindProblem(found.Route, _options.Layout, NotFoundRoute, out var path) ?? FindLengthProblem(path);
        if (problem is not null)
        {
            return Add(new PlannedPage(found.Route, null, route.LinkedFrom) { Error = NameError($"The route {found.Route} {problem}.") });
        }

        var page = Add(new PlannedPage(found.Route, path, route.LinkedFrom));
        foreach (var other in Claim(path, found.Route))
        {
            page.Collide(page.Error ?? InConflict(found.Route, other));
            _byRoute.GetValueOrDefault(other)?.Collide(InConflict(other, found.Route));
        }

        return page;
    }

    private PlannedPage Add(PlannedPage page)
    {
        _pages.Add(page);
        _byRoute.Add(page.Route, page);
        return page;
    }

    private HashSet<string> Claim(string path, string owner)
    {
        var inTheWay = new HashSet<string>(_names.Claim(path, owner), StringComparer.Ordinal);
        foreach (var ending in _options.Compress ? CompressedVariant.Endings : [])
        {
            inTheWay.UnionWith(_names.Claim(path + ending, owner));
        }

        return inTheWay;
    }

    private string? FindLengthProblem(string path)
    {
        // Of the version's folder beside the output: its name is longer than the output's.
        const int versionBytes = 64;
        const int maxPathBytes = 4_096;
        return OperatingSystem.IsWindows() || System.Text.Encoding.UTF8.GetByteCount(_outputFolder + path) + versionBytes < maxPathBytes
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"has a file whose path would have more than {maxPathBytes:N0} bytes");
    }

    /// <summary>What links to one page have in common.</summary>
    public static string LinkKey(string route) => route.Length > 1 ? route.TrimEnd('/') : route;

    private static ItemError InConflict(string route, string other) => NameError(
        $"The route {route} has the same file as {other}, on systems that ignore case or by a folder of that name. None of them is written: leave one out, or give it another path.");

    private static ItemError NameError(string message) => new(RenderErrorCodes.OutputName, message);
}
