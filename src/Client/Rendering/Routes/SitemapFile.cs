using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Xml;

namespace Armature.Rendering.Routes;

/// <summary>
/// Reads the routes of a sitemap (https://www.sitemaps.org/protocol.html), or of an index and the sitemaps that it names, which lie in the
/// same folder; <c>.gz</c> files too.
/// </summary>
internal static class SitemapFile
{
    // The protocol's own limit of one file, decompressed: 50 MB.
    private const int MaxCharacters = 52_428_800;
    private const string Urls = "urlset";
    private const string Index = "sitemapindex";

    /// <summary>Reads the routes, in the order of the file. A URL of another origin is no route.</summary>
    /// <exception cref="RenderException">A file cannot be read, or is no sitemap.</exception>
    public static async IAsyncEnumerable<FoundRoute> ReadAsync(
        string path, string origin, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (root, location) in ReadLocationsAsync(path, cancellationToken).ConfigureAwait(false))
        {
            if (root == Urls)
            {
                yield return ToRoute(location, origin);
                continue;
            }

            await foreach (var (inner, url) in ReadLocationsAsync(BesidePath(path, location), cancellationToken).ConfigureAwait(false))
            {
                yield return inner == Urls ? ToRoute(url, origin) : throw Unreadable(path, $"it names the index {location}, and an index may name sitemaps only");
            }
        }
    }

    private static FoundRoute ToRoute(string location, string origin)
    {
        if (!Uri.TryCreate(location, UriKind.Absolute, out var url))
        {
            return FoundRoute.Invalid(location, $"The sitemap's entry '{location}' is no URL.");
        }

        return SiteOrigin.TryGetRoute(origin, url, out var route)
            ? FoundRoute.Of(route)
            : FoundRoute.Invalid(location, $"The sitemap's entry '{location}' is not of the site's origin {origin}. Give the site the origin of its sitemap.");
    }

    // The file's name alone: what an index says of folders and hosts is not followed.
    private static string BesidePath(string path, string location)
    {
        var name = location.Split('?')[0].Split('/')[^1];
        return name.Length > 0 && name == Path.GetFileName(name) && name is not ("." or "..")
            ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name)
            : throw Unreadable(path, $"its entry '{location}' names no file");
    }

    private static async IAsyncEnumerable<(string Root, string Location)> ReadLocationsAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = Open(path);
        using var xml = XmlReader.Create(stream, new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            IgnoreComments = true,
            IgnoreWhitespace = true,
        });
        string? root = null;
        while (await NextLocationAsync(path, xml, root, cancellationToken).ConfigureAwait(false) is { } found)
        {
            root = found.Root;
            yield return found;
        }
    }

    // The next <loc> of an entry; null at the end. Elements of the same name deeper down are those of images and videos.
    private static async Task<(string Root, string Location)?> NextLocationAsync(string path, XmlReader xml, string? root, CancellationToken cancellationToken)
    {
        try
        {
            while (await xml.ReadAsync().ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (xml is { NodeType: XmlNodeType.Element, Depth: 0 })
                {
                    root = xml.LocalName is Urls or Index ? xml.LocalName : throw Unreadable(path, $"its root is <{xml.LocalName}>");
                }
                else if (xml is { NodeType: XmlNodeType.Element, Depth: 2, LocalName: "loc" })
                {
                    return (root!, await ReadTextAsync(xml).ConfigureAwait(false));
                }
            }

            return null;
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or IOException)
        {
            throw Unreadable(path, e.Message, e);
        }
    }

    private static async Task<string> ReadTextAsync(XmlReader xml)
    {
        var text = "";
        while (!xml.IsEmptyElement && await xml.ReadAsync().ConfigureAwait(false) && xml.NodeType is not XmlNodeType.EndElement)
        {
            text += xml.Value;
        }

        return text.Trim();
    }

    private static Stream Open(string path)
    {
        try
        {
            var file = File.OpenRead(path);
            return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e.Message, e);
        }
    }

    private static RenderException Unreadable(string path, string why, Exception? cause = null) => new(
        RenderErrorCodes.RoutesUnreadable,
        $"The sitemap '{path}' cannot be read: {why}. Give a file with <urlset>, or with <sitemapindex> beside the files that it names, without a DTD and of at most 50 MB.",
        cause);
}
