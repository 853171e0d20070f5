using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Armature.Caching;

/// <summary>
/// A pattern of keys, as Redis reads one: <c>*</c> stands for any characters, also none, <c>?</c> for one, <c>[abc]</c>,
/// <c>[a-z]</c> and <c>[^a]</c> for one of a set or outside of it; <c>\</c> takes the meaning from the next character. It matches a
/// whole key, letter case counts. One match costs at most the key's length times the pattern's.
/// </summary>
public sealed class GlobPattern
{
    /// <summary>Characters of a pattern: 1,024.</summary>
    public const int MaxLength = 1_024;

    private readonly GlobStep[] _steps;

    private GlobPattern(string text, GlobStep[] steps) => (Text, _steps) = (text, steps);

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">It is none; the message says why, and where.</exception>
    public static GlobPattern Parse(string pattern) =>
        TryParse(pattern, out var parsed, out var problem) ? parsed : throw new FormatException(problem);

    /// <summary>Reads a pattern; false when it is none.</summary>
    /// <param name="pattern">What to read: 1 to 1,024 characters.</param>
    /// <param name="parsed">The pattern.</param>
    /// <param name="problem">What is wrong, where, and what to write instead.</param>
    public static bool TryParse(string pattern, [NotNullWhen(true)] out GlobPattern? parsed, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        parsed = null;
        if (pattern.Length is 0 or > MaxLength)
        {
            problem = $"A pattern has 1 to {MaxLength} characters; this one has {pattern.Length}. The pattern of all keys is '*'.";
            return false;
        }

        var reader = new GlobReader(pattern);
        if (!reader.TryReadAll(out var steps, out problem))
        {
            return false;
        }

        parsed = new(pattern, steps);
        return true;
    }

    /// <summary>True when the whole key fits.</summary>
    /// <param name="key">A key in UTF-8. What is no UTF-8 counts as U+FFFD.</param>
    public bool IsMatch(ReadOnlySpan<byte> key)
    {
        var step = 0;
        var at = 0;
        var afterStar = -1;
        var starAt = 0;
        while (true)
        {
            if (step < _steps.Length && _steps[step].IsStar)
            {
                // Whatever an earlier star took, this one can make good: none before it is tried again.
                afterStar = ++step;
                starAt = at;
                continue;
            }

            if (step == _steps.Length && (at == key.Length || afterStar == step))
            {
                return true;
            }

            if (step < _steps.Length && _steps[step].TryTake(key[at..], out var taken))
            {
                step++;
                at += taken;
                continue;
            }

            if (afterStar < 0 || starAt == key.Length)
            {
                return false;
            }

            starAt += OneCharacter(key[starAt..]);
            (step, at) = (afterStar, starAt);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static int OneCharacter(ReadOnlySpan<byte> rest)
    {
        Rune.DecodeFromUtf8(rest, out _, out var length);
        return length;
    }
}
