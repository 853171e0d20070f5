using System.Buffers;
using System.Globalization;

namespace Armature.Validation.Tables;

/// <summary>Walks over JSON (RFC 8259) and says whether it is some. Nothing is thrown and nothing is kept: cells with bad JSON cost no more than others.</summary>
internal ref struct JsonScan
{
    /// <summary>How deep objects and arrays may lie within one another, as in the reader of .NET.</summary>
    public const int MaxDepth = 64;

    private static readonly SearchValues<byte> EndsPlainText = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(static control => (byte)control)]);

    private ReadOnlySpan<byte> _rest;
    private int _count;

    /// <summary>Whether a text is one JSON value.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="kind">What it begins with: <c>{</c>, <c>[</c>, a quote, ...</param>
    /// <param name="count">How many members or items it has.</param>
    public static bool IsJson(ReadOnlySpan<byte> text, out byte kind, out int count)
    {
        var scan = new JsonScan { _rest = text };
        scan.SkipSpace();
        kind = scan._rest.Length == 0 ? (byte)0 : scan._rest[0];
        var isJson = scan.TakeValue(0);
        scan.SkipSpace();
        count = scan._count;
        return isJson && scan._rest.Length == 0;
    }

    private bool TakeValue(int depth)
    {
        SkipSpace();
        return _rest switch
        {
            [] => false,
            [(byte)'{', ..] => depth < MaxDepth && TakeItems((byte)'}', depth, isObject: true),
            [(byte)'[', ..] => depth < MaxDepth && TakeItems((byte)']', depth, isObject: false),
            [(byte)'"', ..] => TakeText(),
            [(byte)'t', ..] => TakeWord("true"u8),
            [(byte)'f', ..] => TakeWord("false"u8),
            [(byte)'n', ..] => TakeWord("null"u8),
            _ => TakeNumber(),
        };
    }

    private bool TakeItems(byte end, int depth, bool isObject)
    {
        _rest = _rest[1..];
        SkipSpace();
        if (Take(end))
        {
            return true;
        }

        do
        {
            SkipSpace();
            if ((isObject && !TakeName()) || !TakeValue(depth + 1))
            {
                return false;
            }

            _count += depth == 0 ? 1 : 0;
            SkipSpace();
        }
        while (Take((byte)','));
        return Take(end);
    }

    private bool TakeName()
    {
        if (!TakeText())
        {
            return false;
        }

        SkipSpace();
        return Take((byte)':');
    }

    private bool TakeText()
    {
        if (!Take((byte)'"'))
        {
            return false;
        }

        while (true)
        {
            var at = _rest.IndexOfAny(EndsPlainText);
            if (at < 0)
            {
                return false;
            }

            var found = _rest[at];
            _rest = _rest[(at + 1)..];
            if (found == '"')
            {
                return true;
            }

            if (found != '\\' || !TakeEscape())
            {
                return false;
            }
        }
    }

    private bool TakeEscape()
    {
        if (_rest.Length == 0)
        {
            return false;
        }

        var letter = _rest[0];
        _rest = _rest[1..];
        if (letter != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(letter);
        }

        // Half of a letter is no letter.
        return TakeHex(out var unit)
            && !char.IsLowSurrogate(unit)
            && (!char.IsHighSurrogate(unit) || (TakeWord("\\u"u8) && TakeHex(out var low) && char.IsLowSurrogate(low)));
    }

    private bool TakeHex(out char unit)
    {
        const int Digits = 4;
        unit = '\0';
        if (_rest.Length < Digits || !ushort.TryParse(_rest[..Digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        _rest = _rest[Digits..];
        return true;
    }

    private bool TakeNumber()
    {
        Take((byte)'-');
        if (!Take((byte)'0') && !TakeDigits())
        {
            return false;
        }

        if (Take((byte)'.') && !TakeDigits())
        {
            return false;
        }

        if (!Take((byte)'e') && !Take((byte)'E'))
        {
            return true;
        }

        _ = Take((byte)'+') || Take((byte)'-');
        return TakeDigits();
    }

    private bool TakeDigits()
    {
        var count = _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        count = count < 0 ? _rest.Length : count;
        _rest = _rest[count..];
        return count > 0;
    }

    private bool TakeWord(ReadOnlySpan<byte> word)
    {
        var isThere = _rest.StartsWith(word);
        _rest = isThere ? _rest[word.Length..] : _rest;
        return isThere;
    }

    private bool Take(byte letter)
    {
        var isThere = _rest.Length > 0 && _rest[0] == letter;
        _rest = isThere ? _rest[1..] : _rest;
        return isThere;
    }

    private void SkipSpace()
    {
        var count = _rest.IndexOfAnyExcept(" \t\r\n"u8);
        _rest = count < 0 ? [] : _rest[count..];
    }
}
