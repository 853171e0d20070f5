using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Armature.Caching;

/// <summary>Reads the text of a <see cref="GlobPattern"/> into its steps, from left to right.</summary>
internal sealed class GlobReader(string pattern)
{
    private readonly List<GlobStep> _steps = [];
    private readonly StringBuilder _literal = new();
    private int _at;

    public bool TryReadAll([NotNullWhen(true)] out GlobStep[]? steps, [NotNullWhen(false)] out string? problem)
    {
        steps = null;
        while (_at < pattern.Length)
        {
            problem = ReadStep();
            if (problem is not null)
            {
                return false;
            }
        }

        EndLiteral();
        steps = [.. _steps];
        problem = null;
        return true;
    }

    private string? ReadStep()
    {
        switch (pattern[_at])
        {
            case '*':
                _at++;
                AddStar();
                return null;
            case '?':
                _at++;
                Add(GlobSet.Any);
                return null;
            case '[':
                return ReadSet();
            default:
                return ReadLiteral();
        }
    }

    private string? ReadLiteral()
    {
        if (!TryReadCharacter(out var character))
        {
            return $"The pattern '{pattern}' ends with a backslash that nothing follows. A backslash itself is written '\\\\'.";
        }

        _literal.Append(character.ToString());
        return null;
    }

    private string? ReadSet()
    {
        var begin = _at++;
        var contains = _at == pattern.Length || pattern[_at] != '^';
        _at += contains ? 0 : 1;
        var ranges = new List<(int From, int To)>();
        while (_at < pattern.Length && pattern[_at] != ']')
        {
            if (!TryReadRange(out var range))
            {
                break;
            }

            ranges.Add(range);
        }

        if (_at >= pattern.Length)
        {
            return $"The '[' at character {begin} of the pattern '{pattern}' is not closed by a ']'. The character '[' itself is written '\\['.";
        }

        _at++;
        if (ranges.Count == 0)
        {
            return $"The set at character {begin} of the pattern '{pattern}' is empty. The character ']' itself is written '\\]'.";
        }

        Add(new([.. ranges], contains));
        return null;
    }

    private bool TryReadRange(out (int From, int To) range)
    {
        range = default;
        if (!TryReadCharacter(out var from))
        {
            return false;
        }

        range = (from.Value, from.Value);
        if (_at + 1 >= pattern.Length || pattern[_at] != '-' || pattern[_at + 1] == ']')
        {
            return true;
        }

        _at++;
        if (!TryReadCharacter(out var to))
        {
            return false;
        }

        range = (Math.Min(from.Value, to.Value), Math.Max(from.Value, to.Value));
        return true;
    }

    // False for a backslash at the end: there is no character then.
    private bool TryReadCharacter(out Rune character)
    {
        if (pattern[_at] == '\\' && ++_at == pattern.Length)
        {
            character = default;
            return false;
        }

        Rune.DecodeFromUtf16(pattern.AsSpan(_at), out character, out var length);
        _at += length;
        return true;
    }

    private void AddStar()
    {
        EndLiteral();
        if (_steps.Count == 0 || !_steps[^1].IsStar)
        {
            _steps.Add(GlobStep.Star);
        }
    }

    private void Add(GlobSet set)
    {
        EndLiteral();
        _steps.Add(new(null, set));
    }

    private void EndLiteral()
    {
        if (_literal.Length > 0)
        {
            _steps.Add(new(Encoding.UTF8.GetBytes(_literal.ToString()), null));
            _literal.Clear();
        }
    }
}
