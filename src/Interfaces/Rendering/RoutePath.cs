using System.Buffers;

namespace Armature.Rendering;

/// <summary>
/// The rules of a route: a path of the site, with an optional query, and never a URL. What a browser or a framework could take for
/// another host, or for a way out of the site's folder, is refused, encoded forms too.
/// </summary>
public static class RoutePath
{
    /// <summary>Characters of a route: 2,048.</summary>
    public const int MaxLength = 2_048;

    // RFC 3986: what a path and a query may consist of. Other characters must be percent-encoded.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%");

    // Encoded '/', '\' and control characters: what they become depends on who decodes them.
    private static readonly string[] RefusedEncodings = ["%2f", "%5c", "%7f"];

    /// <summary>The route as it is rendered: characters outside of ASCII percent-encoded, a slash in front.</summary>
    /// <param name="route">What the caller gave, such as <c>/products/1?tab=2</c>, <c>about</c> or <c>/größe</c>.</param>
    /// <exception cref="RenderException">It breaks a rule; the code is <see cref="RenderErrorCodes.RouteInvalid"/> and the message says which.</exception>
    public static string Normalize(string route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return FindProblem(route, out var normalized) is { } problem
            ? throw new RenderException(
                RenderErrorCodes.RouteInvalid,
                $"The route {Shown(route)} {problem}; a route is a path of the site with an optional query, such as /products/1?tab=2.")
            : normalized;
    }

    /// <summary>The same without an exception.</summary>
    /// <returns>False when the route breaks a rule.</returns>
    public static bool TryNormalize(string? route, out string normalized)
    {
        normalized = "";
        return route is not null && FindProblem(route, out normalized) is null;
    }

    private static string? FindProblem(string route, out string normalized)
    {
        normalized = "";
        if (route.Length > MaxLength)
        {
            return $"has {route.Length:N0} characters, at most {MaxLength:N0} are allowed";
        }

        if (route.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0 || route.Contains('\x7f', StringComparison.Ordinal))
        {
            return "has a space or a control character (write a space as %20)";
        }

        if (route.Contains('\\', StringComparison.Ordinal))
        {
            return "has a backslash, which browsers take for a slash";
        }

        if (route.Contains('#', StringComparison.Ordinal))
        {
            return "has a fragment (#), which no server sees";
        }

        var escaped = EscapeUnicode(route.StartsWith('/') ? route : "/" + route);
        if (escaped is null)
        {
            return "has half of a surrogate pair, which is no character";
        }

        if (escaped.Length > MaxLength)
        {
            return $"has {escaped.Length:N0} characters when it is percent-encoded, at most {MaxLength:N0} are allowed";
        }

        if (escaped.AsSpan().IndexOfAnyExcept(Allowed) is >= 0 and var at)
        {
            return $"has the character '{escaped[at]}', which must be percent-encoded";
        }

        normalized = escaped;
        return FindPathProblem(escaped);
    }

    private static string? FindPathProblem(string route)
    {
        var query = route.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? route : route.AsSpan(0, query);
        if (path.Contains("//", StringComparison.Ordinal))
        {
            return "has two slashes in a row, which can name another host";
        }

        if (FindEncodingProblem(route, path.Length) is { } problem)
        {
            return problem;
        }

        var first = path[1..];
        if (first[..(first.IndexOf('/') is >= 0 and var end ? end : first.Length)].Contains(':'))
        {
            return "has a colon in its first segment, as a URL has after its scheme";
        }

        foreach (var segment in path.Split('/'))
        {
            if (IsDots(path[segment]))
            {
                return "has a segment '.' or '..'";
            }
        }

        return null;
    }

    private static bool IsDots(ReadOnlySpan<char> segment) =>
        segment.Contains('%') ? Uri.UnescapeDataString(segment) is "." or ".." : segment is "." or "..";

    private static string? FindEncodingProblem(string route, int pathLength)
    {
        for (var at = route.IndexOf('%', StringComparison.Ordinal); at >= 0; at = route.IndexOf('%', at + 1))
        {
            if (at + 2 >= route.Length || !char.IsAsciiHexDigit(route[at + 1]) || !char.IsAsciiHexDigit(route[at + 2]))
            {
                return "has a '%' that two hexadecimal digits do not follow (write a percent sign as %25)";
            }

            var code = route.Substring(at, 3);
            if (at < pathLength && (code[1] is '0' or '1' || RefusedEncodings.Contains(code, StringComparer.OrdinalIgnoreCase)))
            {
                return $"has {code}, an encoded slash, backslash or control character in its path";
            }
        }

        return null;
    }

    private static string? EscapeUnicode(string route)
    {
        if (System.Text.Ascii.IsValid(route))
        {
            return route;
        }

        var escaped = new System.Text.StringBuilder(route.Length * 2);
        var rest = route.AsSpan();
        Span<byte> bytes = stackalloc byte[4];
        while (!rest.IsEmpty)
        {
            if (System.Text.Rune.DecodeFromUtf16(rest, out var rune, out var used) != OperationStatus.Done)
            {
                return null;
            }

            AppendEscaped(escaped, rune, bytes);
            rest = rest[used..];
        }

        return escaped.ToString();
    }

    private static void AppendEscaped(System.Text.StringBuilder escaped, System.Text.Rune rune, Span<byte> bytes)
    {
        if (rune.IsAscii)
        {
            escaped.Append((char)rune.Value);
            return;
        }

        foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
        {
            escaped.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static string Shown(string route)
    {
        var shown = route.Length > 100 ? route[..100] + "…" : route;
        return "'" + string.Concat(shown.Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)) + "'";
    }
}
