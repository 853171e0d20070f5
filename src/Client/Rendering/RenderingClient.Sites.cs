using System.ComponentModel.DataAnnotations;
using Armature.Rendering.Output;
using Armature.Rendering.Routes;

namespace Armature.Rendering;

public sealed partial class RenderingClient
{
    /// <summary>
    /// Renders a whole site into a folder, with its static files beside the pages, and publishes it by one switch: a reader has the old
    /// site or the new one. A page that fails is reported, keeps its last good version and sinks no other. When the run ends early, for
    /// whatever reason, the last site stays as it is.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="outputFolder">
    /// The folder: missing, empty, or from an earlier run. It becomes a link into <c>OUTPUT.versions</c> beside it, where versions are kept
    /// (docs/rendering-sites.md).
    /// </param>
    /// <param name="options">Which pages, and how they are written; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the run; the last site stays.</param>
    /// <exception cref="RenderException">
    /// The output is no folder that may be replaced (<see cref="RenderErrorCodes.OutputUnusable"/>) or cannot be written
    /// (<see cref="RenderErrorCodes.OutputUnwritable"/>), the routes cannot be read (<see cref="RenderErrorCodes.RoutesUnreadable"/>), or the
    /// site could not be loaded.
    /// </exception>
    /// <exception cref="ValidationException">An option is not in its range.</exception>
    /// <inheritdoc cref="Batching.BatchClient.RunAsync{TItem, TResult}" path="/exception"/>
    public Task<StaticSiteStats> PreRenderSiteAsync(
        Site site, string outputFolder, PreRenderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        options ??= new();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return new SitePreRenderer(_timeProvider).RunAsync(ToRender(site, options), outputFolder, options, cancellationToken);
    }

    /// <summary>The routes that a site would be rendered at, without rendering any.</summary>
    /// <param name="site">The site.</param>
    /// <param name="routes">Where they come from; null for the bundle's own. A crawl cannot tell without rendering.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Each route once, in the order of the source; one that cannot be rendered with its error.</returns>
    /// <exception cref="NotSupportedException">The source is a crawl: only rendered pages have links.</exception>
    /// <exception cref="RenderException">The routes cannot be read, or the site could not be loaded.</exception>
    /// <inheritdoc cref="Batching.BatchClient.RunAsync{TItem, TResult}" path="/exception"/>
    public Task<IReadOnlyList<FoundRoute>> DiscoverRoutesAsync(
        Site site, RouteSource? routes = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(site);
        routes ??= RouteSource.FromManifest();
        if (routes.CrawlLimits is not null)
        {
            throw new NotSupportedException("A crawl finds its routes in rendered pages, so they cannot be told before. Pre-render the site, or give the source without its crawl.");
        }

        var options = new PreRenderOptions();
        return SitePreRenderer.ReadRoutesAsync(routes, ToRender(site, options), options, [], cancellationToken);
    }

    private SiteToRender ToRender(Site site, PreRenderOptions options) => new(
        site.Description,
        site.Folder,
        site.StaticFolder,
        (routes, cancellationToken) => StreamAsync(site, routes, options.Rendering, cancellationToken),
        cancellationToken => ListRoutesAsync(site, cancellationToken));
}
