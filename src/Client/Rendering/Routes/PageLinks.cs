using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Armature.Rendering.Routes;

/// <summary>Finds the pages of the same site that a rendered page links to.</summary>
internal static class PageLinks
{
    // What the parser needs grows with the square of how deep elements are nested: at this depth a page would take about 20 seconds.
    private const int MaxElements = 100_000;

    /// <summary>
    /// The routes that <c>&lt;a href&gt;</c> and <c>&lt;area href&gt;</c> name, in their order and each once, without query and fragment:
    /// pages written as files have neither. Left out are other origins, downloads, and what the page's author asks robots not to follow
    /// (<c>rel=nofollow</c>).
    /// </summary>
    /// <returns>Null when the page has more than 100,000 elements.</returns>
    public static IReadOnlyList<string>? Find(RenderedPage page, string origin, CancellationToken cancellationToken)
    {
        var here = new Uri(new Uri(origin), page.Route);
        if (page is { IsRedirect: true, Location: { } location })
        {
            return ToRoute(here, location, origin) is { } target ? [target] : [];
        }

        if (!page.ContentType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        using var document = Parse(page.Body, cancellationToken);
        if (document is null)
        {
            return null;
        }

        var start = document.QuerySelector("base[href]")?.GetAttribute("href") is { } written && Uri.TryCreate(here, written, out var given) ? given : here;
        return [.. document.Links.Where(IsFollowed).Select(link => ToRoute(start, link.GetAttribute("href"), origin)).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static IHtmlDocument? Parse(byte[] html, CancellationToken cancellationToken)
    {
        var elements = 0;
        var parser = new HtmlParser(new HtmlParserOptions { OnCreated = (_, _) => Count() });
        using var stream = new MemoryStream(html, writable: false);
        try
        {
            return parser.ParseDocument(stream);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        void Count()
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++elements > MaxElements)
            {
                throw new InvalidDataException("The page has too many elements.");
            }
        }
    }

    private static bool IsFollowed(IElement link) =>
        link is IHtmlAnchorElement or IHtmlAreaElement
        && !link.HasAttribute("download")
        && !(link.GetAttribute("rel") ?? "").Split([' ', '\t', '\n', '\r', '\f'], StringSplitOptions.RemoveEmptyEntries).Contains("nofollow", StringComparer.OrdinalIgnoreCase);

    // A browser takes a backslash for a slash, and two of them for the beginning of a host.
    private static string? ToRoute(Uri start, string? href, string origin) =>
        href is not null && Uri.TryCreate(start, href.Trim().Replace('\\', '/'), out var url) && SiteOrigin.TryGetRoute(origin, url, out _) ? url.AbsolutePath : null;
}
