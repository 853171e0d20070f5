using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Armature.Rendering.Output;

/// <summary>Which file of the site a route becomes: one that every system can have, and never outside of the site's folder.</summary>
internal static class OutputName
{
    /// <summary>The page for all that is not found, which static hosts look for under this name.</summary>
    public const string NotFoundFile = "404.html";

    private const string Index = "index.html";

    // Linux, macOS and Windows alike: bytes of one name. The longest ending that a name gets is ".html.br".
    private const int MaxNameBytes = 255 - 3;

    // A route whose last segment ends like this is a file itself, and no folder with a page.
    private static readonly string[] FileEndings =
        [".html", ".htm", ".xml", ".txt", ".json", ".svg", ".css", ".js", ".mjs", ".webmanifest", ".rss", ".atom", ".ics", ".csv", ".md"];

    private static readonly SearchValues<char> RefusedCharacters = SearchValues.Create("<>:\"|?*\\/");

    private static readonly string[] Devices =
    [
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        .. Enumerable.Range(0, 10).SelectMany(static number => new[] { $"COM{number}", $"LPT{number}" }),
        "COM¹", "COM²", "COM³", "LPT¹", "LPT²", "LPT³",
    ];

    /// <summary>The file of a route.</summary>
    /// <param name="route">The route, as <see cref="RoutePath.Normalize"/> gives it.</param>
    /// <param name="layout">Which file a page becomes.</param>
    /// <param name="notFoundRoute">The route of the page for all that is not found.</param>
    /// <param name="path">The file's path in the site's folder, with '/'.</param>
    /// <returns>Why the route has no file; null when it has one.</returns>
    public static string? FindProblem(string route, PageLayout layout, string notFoundRoute, out string path)
    {
        path = "";
        if (route.Contains('?', StringComparison.Ordinal))
        {
            return "has a query, which no static file has";
        }

        if (route == notFoundRoute)
        {
            path = NotFoundFile;
            return null;
        }

        var segments = route.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < segments.Length; i++)
        {
            if (!TryDecode(segments[i], out segments[i]))
            {
                return "has percent-encoded bytes that are no UTF-8";
            }
        }

        path = Join(segments, layout, isFolder: route.EndsWith('/'));
        return path.Split('/').Select(FindNameProblem).FirstOrDefault(static problem => problem is not null);
    }

    /// <summary>What two names have in common that are one file on some system: it ignores case and, where the process can tell, how letters are composed.</summary>
    public static string KeyOf(string path) => path.Normalize(NormalizationForm.FormC).ToUpperInvariant();

    private static string Join(string[] segments, PageLayout layout, bool isFolder) => segments switch
    {
        [] => Index,
        [.., var last] when !isFolder && IsFile(last) => string.Join('/', segments),
        _ when layout is PageLayout.Files => string.Join('/', segments) + ".html",
        _ => string.Join('/', segments) + "/" + Index,
    };

    private static bool IsFile(string name) => FileEndings.Any(ending => name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool TryDecode(string segment, out string decoded)
    {
        var bytes = new byte[segment.Length];
        var count = 0;
        for (var i = 0; i < segment.Length; count++)
        {
            var isEncoded = segment[i] == '%';
            bytes[count] = isEncoded ? byte.Parse(segment.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : (byte)segment[i];
            i += isEncoded ? 3 : 1;
        }

        var written = bytes.AsSpan(0, count);
        decoded = Utf8.IsValid(written) ? Encoding.UTF8.GetString(written) : "";
        return decoded.Length > 0;
    }

    private static string? FindNameProblem(string name)
    {
        if (name.AsSpan().IndexOfAny(RefusedCharacters) is >= 0 and var at)
        {
            return $"has the character '{name[at]}', which not every system allows in a file's name";
        }

        if (name.Any(char.IsControl))
        {
            return "has a control character";
        }

        if (name[^1] is '.' or ' ' || name is "." or "..")
        {
            return $"has the segment '{name}', and names that end with a dot or a space are others on Windows";
        }

        if (Devices.Contains(name.Split('.')[0].TrimEnd(' '), StringComparer.OrdinalIgnoreCase))
        {
            return $"has the segment '{name}', which is a device on Windows";
        }

        return Encoding.UTF8.GetByteCount(name) > MaxNameBytes
            ? string.Create(CultureInfo.InvariantCulture, $"has a segment whose file's name has more than {MaxNameBytes} bytes")
            : null;
    }
}
