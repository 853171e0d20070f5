namespace Armature.Rendering;

/// <summary>The query of a route.</summary>
internal static class RouteQuery
{
    /// <summary>The route with only these parameters, ordered by their names, so that the same page has one name.</summary>
    public static string Keep(string route, IReadOnlyCollection<string> names)
    {
        var query = route.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
        {
            return route;
        }

        var kept = route[(query + 1)..].Split('&')
            .Where(part => names.Contains(Uri.UnescapeDataString(part.Split('=')[0]), StringComparer.Ordinal))
            .OrderBy(static part => part.Split('=')[0], StringComparer.Ordinal)
            .ToArray();
        return kept.Length == 0 ? route[..query] : $"{route[..query]}?{string.Join('&', kept)}";
    }
}
