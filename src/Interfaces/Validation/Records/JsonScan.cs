using System.Buffers;
using System.Globalization;

namespace Armature.Validation.Records;

/// <summary>
/// Goes through JSON text (RFC 8259) and says whether it is right, without exceptions: a file may have a mistake on each of its lines.
/// The bytes are valid UTF-8.
/// </summary>
internal ref struct JsonScan(ReadOnlySpan<byte> bytes)
{
    /// <summary>Arrays and objects within one another: 64, as <see cref="System.Text.Json"/> has it.</summary>
    public const int MaxDepth = 64;

    private static readonly SearchValues<byte> StringStops = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, ' ').Select(code => (byte)code)]);

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Where the next byte is.</summary>
    public int At { get; private set; }

    /// <summary>Whether all was read.</summary>
    public readonly bool IsAtEnd => At == _bytes.Length;

    /// <summary>The next byte; 0 at the end.</summary>
    public readonly byte Next => At < _bytes.Length ? _bytes[At] : (byte)0;

    public void SkipSpace()
    {
        while (Next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            At++;
        }
    }

    /// <summary>Passes over one byte if it is this one.</summary>
    public bool Take(char character)
    {
        if (Next != character)
        {
            return false;
        }

        At++;
        return true;
    }

    /// <summary>Passes over a string with its quotes.</summary>
    /// <param name="hasEscapes">Whether there are escapes in it.</param>
    public bool TakeString(out bool hasEscapes)
    {
        hasEscapes = false;
        if (!Take('"'))
        {
            return false;
        }

        while (true)
        {
            var found = _bytes[At..].IndexOfAny(StringStops);
            if (found < 0)
            {
                return false;
            }

            At += found;
            if (Take('"'))
            {
                return true;
            }

            hasEscapes = true;
            if (!TakeEscape())
            {
                return false;
            }
        }
    }

    /// <summary>Passes over any value.</summary>
    /// <param name="depth">How many arrays and objects it is within.</param>
    public bool TakeValue(int depth) => Next switch
    {
        (byte)'"' => TakeString(out _),
        (byte)'{' => depth < MaxDepth && TakeObject(depth + 1),
        (byte)'[' => depth < MaxDepth && TakeArray(depth + 1),
        (byte)'t' => TakeWord("true"u8),
        (byte)'f' => TakeWord("false"u8),
        (byte)'n' => TakeWord("null"u8),
        _ => TakeNumber(),
    };

    private bool TakeObject(int depth)
    {
        At++;
        SkipSpace();
        if (Take('}'))
        {
            return true;
        }

        do
        {
            SkipSpace();
            if (!TakeString(out _))
            {
                return false;
            }

            SkipSpace();
            if (!Take(':'))
            {
                return false;
            }

            SkipSpace();
            if (!TakeValue(depth))
            {
                return false;
            }

            SkipSpace();
        }
        while (Take(','));

        return Take('}');
    }

    private bool TakeArray(int depth)
    {
        At++;
        SkipSpace();
        if (Take(']'))
        {
            return true;
        }

        do
        {
            SkipSpace();
            if (!TakeValue(depth))
            {
                return false;
            }

            SkipSpace();
        }
        while (Take(','));

        return Take(']');
    }

    private bool TakeWord(ReadOnlySpan<byte> word)
    {
        if (!_bytes[At..].StartsWith(word))
        {
            return false;
        }

        At += word.Length;
        return true;
    }

    private bool TakeNumber()
    {
        Take('-');
        if (!Take('0') && !TakeDigits())
        {
            return false;
        }

        if (Take('.') && !TakeDigits())
        {
            return false;
        }

        if (!Take('e') && !Take('E'))
        {
            return true;
        }

        _ = Take('+') || Take('-');
        return TakeDigits();
    }

    private bool TakeDigits()
    {
        var begin = At;
        while (Next is >= (byte)'0' and <= (byte)'9')
        {
            At++;
        }

        return At > begin;
    }

    private bool TakeEscape()
    {
        if (!Take('\\'))
        {
            return false;
        }

        if (Take('u'))
        {
            return TakeCharacter();
        }

        if (Next is not ((byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t'))
        {
            return false;
        }

        At++;
        return true;
    }

    // Half of a surrogate pair alone is no character, and cannot be written in UTF-8.
    private bool TakeCharacter() =>
        TakeHex(out var unit)
        && (!char.IsSurrogate(unit)
            || (char.IsHighSurrogate(unit) && Take('\\') && Take('u') && TakeHex(out var second) && char.IsLowSurrogate(second)));

    private bool TakeHex(out char unit)
    {
        unit = '\0';
        if (At + 4 > _bytes.Length || !ushort.TryParse(_bytes.Slice(At, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return false;
        }

        unit = (char)code;
        At += 4;
        return true;
    }
}
