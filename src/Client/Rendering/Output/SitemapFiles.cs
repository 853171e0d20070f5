using System.Text;

namespace Armature.Rendering.Output;

/// <summary>
/// Writes a sitemap as https://www.sitemaps.org/protocol.html has it: of more than 50,000 URLs or 50 MB, an index and several files.
/// </summary>
internal sealed class SitemapFiles(string origin, int maxUrls = SitemapFiles.MaxUrls, int maxBytes = SitemapFiles.MaxBytes)
{
    /// <summary>The name of the sitemap, or of the index.</summary>
    public const string FileName = "sitemap.xml";

    private const int MaxUrls = 50_000;
    private const int MaxBytes = 52_428_800;
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>The files, by name.</summary>
    /// <param name="routes">The pages, in the order in which they are listed.</param>
    public IEnumerable<(string Name, byte[] Content)> Write(IEnumerable<string> routes)
    {
        var parts = Split(routes.Select(route => Entry("url", route))).ToArray();
        if (parts.Length <= 1)
        {
            yield return (FileName, Document("urlset", parts.FirstOrDefault() ?? []));
            yield break;
        }

        var names = parts.Select((_, index) => NameOf(index)).ToArray();
        foreach (var (name, part) in names.Zip(parts))
        {
            yield return (name, Document("urlset", part));
        }

        yield return (FileName, Document("sitemapindex", names.Select(name => Entry("sitemap", "/" + name))));
    }

    /// <summary>The name of one of several files, from 0.</summary>
    public static string NameOf(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"sitemap-{index + 1}.xml");

    private IEnumerable<List<string>> Split(IEnumerable<string> entries)
    {
        var part = new List<string>();
        var bytes = Overhead;
        foreach (var entry in entries)
        {
            if (part.Count == maxUrls || (part.Count > 0 && bytes + entry.Length > maxBytes))
            {
                yield return part;
                part = [];
                bytes = Overhead;
            }

            part.Add(entry);
            bytes += entry.Length;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    // Routes are ASCII: characters are bytes.
    private string Entry(string element, string route) =>
        $"<{element}><loc>{System.Security.SecurityElement.Escape(origin + route)}</loc></{element}>\n";

    private static int Overhead => Declaration.Length + (2 * Namespace.Length);

    private static byte[] Document(string root, IEnumerable<string> entries) =>
        Encoding.UTF8.GetBytes($"{Declaration}<{root} xmlns=\"{Namespace}\">\n{string.Concat(entries)}</{root}>\n");
}
