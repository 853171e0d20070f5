using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Armature.Rendering.Output;

/// <summary>A redirect as a file: a page that leads on at once, as every static host can serve it.</summary>
internal static class RedirectPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="location">Where it leads: an http or https URL, or a path.</param>
    /// <param name="content">The page.</param>
    /// <returns>False when it leads to no page of the web.</returns>
    public static bool TryCreate(string location, [NotNullWhen(true)] out byte[]? content)
    {
        content = null;
        if (location.Length == 0 || location.Any(char.IsControl) || !IsWebPage(location))
        {
            return false;
        }

        var target = WebUtility.HtmlEncode(location);
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

    // As a browser would read it: relative to a page of the web. "javascript:" and the like are no pages.
    private static bool IsWebPage(string location) =>
        Uri.TryCreate(new Uri("https://localhost/"), location, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
