namespace Armature.Rendering.Routes;

/// <summary>Reads a source of routes to its end, each route once.</summary>
internal static class RouteList
{
    /// <summary>Reads the routes, in the source's order.</summary>
    /// <exception cref="RenderException">The source cannot be read, or has more routes than are allowed.</exception>
    public static async Task<IReadOnlyList<FoundRoute>> ReadAsync(
        RouteSource source, RouteContext context, int maxRoutes, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var routes = new List<FoundRoute>();
        await foreach (var route in source.ReadAsync(context, cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!seen.Add(route.Route))
            {
                continue;
            }

            if (routes.Count == maxRoutes)
            {
                throw new RenderException(
                    RenderErrorCodes.RoutesUnreadable,
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"There are more than {maxRoutes:N0} routes. Raise MaxRoutes, or render the site in parts."));
            }

            routes.Add(route);
        }

        return routes;
    }
}
