using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Armature.Rendering.Output;

/// <summary>A redirect as a file: a page that leads on at once, as every static host can serve it.</summary>
internal static class RedirectPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="route">The route that leads on.</param>
    /// <param name="location">Where it leads: an http or https URL, or a path. It counts from the route, as for a browser that asked for it.</param>
    /// <param name="content">The page.</param>
    /// <returns>False when it leads to no page of the web.</returns>
    public static bool TryCreate(string route, string location, [NotNullWhen(true)] out byte[]? content)
    {
        content = null;
        if (location.Length == 0 || location.Any(char.IsControl) || Resolve(route, location) is not { } resolved)
        {
            return false;
        }

        var target = WebUtility.HtmlEncode(resolved);
        content = Encoding.UTF8.GetBytes(
            $"""
            <!doctype html>
            <html>
            <head>
            <meta charset="utf-8">
            <title>Redirecting</title>
            <meta http-equiv="refresh" content="0; url={target}">
            <link rel="canonical" href="{target}">
            </head>
            <body><a href="{target}">{target}</a></body>
            </html>

            """.ReplaceLineEndings("\n"));
        return true;
    }

    // The file may be asked for by another path than the route ("/old/" for "/old"), so what is relative is resolved here. A browser takes
    // a backslash for a slash. "javascript:" and the like are no pages, and a path of two slashes would name another host.
    private static string? Resolve(string route, string location)
    {
        var host = new Uri("https://this.invalid/");
        if (!Uri.TryCreate(new Uri(host, route), location.Replace('\\', '/'), out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        if (url.Host != host.Host)
        {
            return url.AbsoluteUri;
        }

        return url.AbsolutePath.StartsWith("//", StringComparison.Ordinal) ? null : url.PathAndQuery + url.Fragment;
    }
}
