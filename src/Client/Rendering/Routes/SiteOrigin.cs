using System.Diagnostics.CodeAnalysis;

namespace Armature.Rendering.Routes;

/// <summary>Tells which URLs are pages of a site.</summary>
internal static class SiteOrigin
{
    /// <summary>The route of a URL of the site, without its fragment.</summary>
    /// <param name="origin">The site's origin, such as <c>https://example.com</c>.</param>
    /// <param name="url">The URL.</param>
    /// <param name="route">The path with the query, when it is one of the site.</param>
    public static bool TryGetRoute(string origin, Uri url, [NotNullWhen(true)] out string? route)
    {
        var own = new Uri(origin);
        var isOwn = url.IsAbsoluteUri
            && Uri.Compare(own, url, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0
            && url.UserInfo.Length == 0;
        route = isOwn ? url.PathAndQuery : null;
        return isOwn;
    }
}
