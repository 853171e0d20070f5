using System.Runtime.CompilerServices;

namespace Armature.Rendering.Routes;

/// <summary>The routes that a site's own bundle names, with the caller's values for their parameters.</summary>
internal static class ManifestRoutes
{
    /// <summary>Reads them, in the bundle's order. Those that only the browser renders are left out.</summary>
    public static async IAsyncEnumerable<FoundRoute> ReadAsync(
        RouteContext context, RouteValues values, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var routes = await context.ListRoutes(cancellationToken).ConfigureAwait(false);
        foreach (var unknown in values.Patterns.Except(routes.Select(route => RoutePattern.Rooted(route.Path))))
        {
            yield return FoundRoute.Invalid(unknown, $"The site has no route {unknown}, for which values were given. It has: {Listed(routes)}.");
        }

        foreach (var route in routes.Where(route => route.Mode is not RouteMode.Client))
        {
            if (!route.HasParameters)
            {
                yield return FoundRoute.Of(route.Path);
                continue;
            }

            if (values.Find(route.Path) is not { } pages)
            {
                context.Warn($"The route {route.Path} has parameters and no values were given for them: none of its pages is rendered, unless another source or a crawl names them.");
                continue;
            }

            await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return RoutePattern.Fill(route.Path, page);
            }
        }
    }

    private static string Listed(IReadOnlyList<SiteRoute> routes)
    {
        var patterns = routes.Where(route => route.HasParameters).Select(route => route.Path).ToArray();
        return patterns.Length == 0 ? "none with parameters" : string.Join(", ", patterns.Take(10));
    }
}
