namespace Armature.Rendering.Routes;

/// <summary>A route with parameters: segments such as <c>:id</c>, <c>*</c> for one segment and <c>**</c> for all that follow.</summary>
internal static class RoutePattern
{
    private const string Rest = "**";

    /// <summary>The pattern with a slash in front.</summary>
    public static string Rooted(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        return pattern[0] == '/' ? pattern : "/" + pattern;
    }

    /// <summary>The names of its parameters: <c>id</c> for <c>:id</c>, <c>*</c> and <c>**</c> as they are.</summary>
    public static IReadOnlyList<string> ParametersOf(string pattern) =>
        [.. Rooted(pattern).Split('/').Where(IsParameter).Select(NameOf)];

    /// <summary>The route with values in the place of parameters.</summary>
    public static FoundRoute Fill(string pattern, IReadOnlyDictionary<string, string> values)
    {
        var missing = ParametersOf(pattern).FirstOrDefault(name => string.IsNullOrEmpty(values.GetValueOrDefault(name)));
        return missing is null
            ? FoundRoute.Of(string.Join('/', Rooted(pattern).Split('/').Select(segment => IsParameter(segment) ? Encode(segment, values[NameOf(segment)]) : segment)))
            : FoundRoute.Invalid(pattern, $"The route {pattern} has the parameter '{missing}', for which no value was given.");
    }

    private static bool IsParameter(string segment) => segment is [':', _, ..] or "*" or Rest;

    private static string NameOf(string segment) => segment[0] == ':' ? segment[1..] : segment;

    private static string Encode(string segment, string value) => segment == Rest
        ? string.Join('/', value.Trim('/').Split('/').Select(Uri.EscapeDataString))
        : Uri.EscapeDataString(value);
}
