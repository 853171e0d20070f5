using System.Runtime.CompilerServices;
using System.Text;

namespace Armature.Rendering.Routes;

/// <summary>A file with a route on each line. Blank lines and lines that begin with '#' are passed over.</summary>
internal static class RouteFile
{
    // A route and all that it could be percent-encoded from; what is longer is no route, and is not kept.
    private const int MaxLineLength = RoutePath.MaxLength + 1;

    /// <summary>Reads the routes, in the order of lines.</summary>
    /// <exception cref="RenderException">The file cannot be read.</exception>
    public static async IAsyncEnumerable<FoundRoute> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = Open(path);
        var buffer = new char[4_096];
        var line = new StringBuilder();
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            foreach (var character in buffer.AsMemory(0, read).ToArray())
            {
                if (character != '\n')
                {
                    Append(line, character);
                    continue;
                }

                if (ToRoute(line) is { } route)
                {
                    yield return route;
                }

                line.Clear();
            }
        }

        if (ToRoute(line) is { } last)
        {
            yield return last;
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RenderException(RenderErrorCodes.RoutesUnreadable, $"The file of routes '{path}' cannot be read: {e.Message} Give a text file with a route on each line.", e);
        }
    }

    private static void Append(StringBuilder line, char character)
    {
        if (line.Length < MaxLineLength)
        {
            line.Append(character);
        }
    }

    private static FoundRoute? ToRoute(StringBuilder line)
    {
        var text = line.ToString().Trim();
        return text.Length == 0 || text[0] == '#' ? null : FoundRoute.Of(text);
    }
}
