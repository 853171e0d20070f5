using System.Buffers;

namespace Armature.Storage;

/// <summary>
/// What a blob may be called: 1 to 500 characters, in segments of 1 to 128 separated by '/'. A segment is of a-z, A-Z, 0-9,
/// '-', '_' and '.', and does not end with '.'. Case matters.
/// </summary>
public static class BlobName
{
    /// <summary>Characters of a name.</summary>
    // So that a name has at most 250 segments: Azure takes 254.
    public const int MaxLength = 500;

    /// <summary>Characters between two '/'.</summary>
    public const int MaxSegmentLength = 128;

    private const string Rule =
        "A blob name is 1 to 500 characters, in segments of 1 to 128 separated by '/', each of a-z, A-Z, 0-9, '-', '_' and '.', and not ending with '.'.";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./");

    /// <summary>True when a blob may be called that.</summary>
    public static bool IsValid(string? name) => name is not null && Explain(name) is null;

    /// <summary>Throws when a blob may not be called that.</summary>
    /// <exception cref="ArgumentException">The name is not allowed; the message says why.</exception>
    public static void ThrowIfInvalid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Explain(name) is { } reason)
        {
            throw new ArgumentException($"{reason} {Rule}", nameof(name));
        }
    }

    /// <summary>Throws when no blob's name can start like that. The empty prefix is every name's.</summary>
    /// <exception cref="ArgumentException">The prefix is not allowed; the message says why.</exception>
    public static void ThrowIfInvalidPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (ExplainCharacters(prefix) is { } reason)
        {
            throw new ArgumentException($"{reason} {Rule}", nameof(prefix));
        }
    }

    private static string? Explain(string name)
    {
        if (name.Length == 0)
        {
            return "The name is empty.";
        }

        if (ExplainCharacters(name) is { } reason)
        {
            return reason;
        }

        foreach (var range in name.AsSpan().Split('/'))
        {
            if (ExplainSegment(name.AsSpan(range)) is { } segmentReason)
            {
                return segmentReason;
            }
        }

        return null;
    }

    private static string? ExplainCharacters(string text)
    {
        if (text.Length > MaxLength)
        {
            return $"The name has {text.Length:N0} characters.";
        }

        var at = text.AsSpan().IndexOfAnyExcept(Allowed);
        return at < 0 ? null : $"The character U+{(int)text[at]:X4} at {at} is not allowed.";
    }

    private static string? ExplainSegment(ReadOnlySpan<char> segment) => segment switch
    {
        [] => "A segment is empty.",
        [.., '.'] => $"The segment \"{segment}\" ends with '.'.",
        { Length: > MaxSegmentLength } => $"A segment has {segment.Length:N0} characters.",
        _ => null,
    };
}
