using System.ComponentModel.DataAnnotations;

namespace Armature.Rendering.Routes;

/// <summary>
/// Where the routes of a site come from. A route that breaks a rule of <see cref="RoutePath"/> becomes a failed page
/// (<see cref="RenderErrorCodes.RouteInvalid"/>); one that is named several times is one page.
/// </summary>
public sealed class RouteSource
{
    private readonly Func<RouteContext, CancellationToken, IAsyncEnumerable<FoundRoute>> _read;

    private RouteSource(Func<RouteContext, CancellationToken, IAsyncEnumerable<FoundRoute>> read, CrawlOptions? crawl)
    {
        _read = read;
        CrawlLimits = crawl;
    }

    /// <summary>How far links of the rendered pages are followed; null when they are not.</summary>
    internal CrawlOptions? CrawlLimits { get; }

    /// <summary>
    /// The routes that the site's own bundle names, except those that only the browser renders. One with parameters counts as often as it
    /// has values, and without values not at all.
    /// </summary>
    /// <param name="values">The values of parameters; null for none.</param>
    public static RouteSource FromManifest(RouteValues? values = null) =>
        new((context, cancellationToken) => ManifestRoutes.ReadAsync(context, values ?? new(), cancellationToken), null);

    /// <summary>A text file (UTF-8) with a route on each line. Blank lines and lines that begin with '#' are passed over.</summary>
    /// <param name="path">The file's path on this machine.</param>
    public static RouteSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new((_, cancellationToken) => RouteFile.ReadAsync(path, cancellationToken), null);
    }

    /// <summary>
    /// A sitemap, or an index and the sitemaps in the same folder that it names; also compressed (<c>.gz</c>). Their URLs must be of the
    /// site's origin. At most 50 MB a file, without a DTD.
    /// </summary>
    /// <param name="path">The file's path on this machine.</param>
    public static RouteSource FromSitemap(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new((context, cancellationToken) => SitemapFile.ReadAsync(path, context.Origin, cancellationToken), null);
    }

    /// <summary>Routes from anywhere.</summary>
    /// <param name="routes">The routes. They are read once for each use.</param>
    public static RouteSource From(IAsyncEnumerable<string> routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return new((_, _) => routes.Select(FoundRoute.Of), null);
    }

    /// <inheritdoc cref="From(IAsyncEnumerable{string})"/>
    public static RouteSource From(IEnumerable<string> routes) => From(routes.ToAsyncEnumerable());

    /// <summary>The pages that can be reached by links from one of the site's pages, and that page.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="options">How far it goes; null for the defaults.</param>
    /// <exception cref="ValidationException">An option is not in its range.</exception>
    public static RouteSource Crawl(string start = "/", CrawlOptions? options = null) => From([start]).AndCrawl(options);

    /// <summary>These routes and those of another source.</summary>
    /// <param name="other">The other source. When one of the two is crawled, both are; the limits of this one count before the other's.</param>
    public RouteSource And(RouteSource other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new((context, cancellationToken) => _read(context, cancellationToken).Concat(other._read(context, cancellationToken)), CrawlLimits ?? other.CrawlLimits);
    }

    /// <summary>
    /// These routes and all that can be reached from their pages by links: <c>&lt;a href&gt;</c> and <c>&lt;area href&gt;</c> of the same
    /// origin, without query and fragment. Links to downloads and to static files of the site, and links with <c>rel=nofollow</c>, are not
    /// followed.
    /// </summary>
    /// <param name="options">How far it goes; null for the defaults.</param>
    /// <exception cref="ValidationException">An option is not in its range.</exception>
    public RouteSource AndCrawl(CrawlOptions? options = null)
    {
        options ??= new();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return new(_read, options);
    }

    /// <summary>Reads the routes that are known without rendering, with duplicates as they come.</summary>
    internal IAsyncEnumerable<FoundRoute> ReadAsync(RouteContext context, CancellationToken cancellationToken) => _read(context, cancellationToken);
}
