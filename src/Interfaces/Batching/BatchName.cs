using System.Text.RegularExpressions;

namespace Armature.Batching;

/// <summary>The form of batch ids and handler names: 1 to 128 characters of a-z, A-Z, 0-9, '-', '_' and '.', neither beginning nor ending with '.'.</summary>
public static partial class BatchName
{
    /// <summary>The form as a regular expression.</summary>
    public const string Pattern = "^(?=.{1,128}\\z)[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?\\z";

    /// <summary>Checks a name.</summary>
    /// <exception cref="ArgumentException">It has not the form.</exception>
    public static void ThrowIfInvalid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Form().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is not a name that batches, handlers and lookups can have: 1 to 128 characters of a-z, A-Z, 0-9, '-', '_' and '.' are allowed, the first and the last not '.'.", nameof(name));
        }
    }

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
