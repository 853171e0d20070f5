using System.Diagnostics;
using System.Text;

namespace Armature.Validation.Tables;

/// <summary>
/// A decimal number, exact whatever its length: as a long and a number of decimals where it fits into 18 digits, otherwise by its text.
/// The text has an optional sign, digits with an optional point, and an optional exponent.
/// </summary>
internal readonly ref struct Numeral
{
    /// <summary>Digits that always fit into a long, and twice into an <see cref="Int128"/>.</summary>
    public const int SmallDigits = 18;

    private readonly NumeralKind _kind;
    private readonly int _scale;
    private readonly long _small;
    private readonly ReadOnlySpan<byte> _text;

    private Numeral(NumeralKind kind, ReadOnlySpan<byte> text = default, long small = 0, int scale = 0)
    {
        _kind = kind;
        _scale = scale;
        _small = small;
        _text = text;
    }

    public Numeral(HeldNumeral held)
        : this(held.Kind, held.Text, held.Small, held.Scale)
    {
    }

    public bool IsNaN => _kind == NumeralKind.NaN;

    /// <summary>Reads a whole number: an optional sign and digits.</summary>
    public static bool TryReadInteger(ReadOnlySpan<byte> text, out Numeral value)
    {
        var digits = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        if (digits.Length is 0 or > SmallDigits)
        {
            return TryReadLongInteger(text, digits, out value);
        }

        var small = 0L;
        foreach (var letter in digits)
        {
            var digit = (uint)(letter - '0');
            if (digit > 9)
            {
                value = default;
                return false;
            }

            small = (small * 10) + digit;
        }

        value = new(NumeralKind.Small, text, text[0] == '-' ? -small : small);
        return true;
    }

    /// <summary>Reads a number: also with decimals, with an exponent, or NaN, INF, -INF in any case of their letters.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out Numeral value)
    {
        if (text.Length > SmallDigits)
        {
            return TryReadOther(text, out value);
        }

        var (small, digits, scale) = (0L, 0, -1);
        for (var i = text is [(byte)'-' or (byte)'+', ..] ? 1 : 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                small = (small * 10) + digit;
                digits++;
                scale += scale < 0 ? 0 : 1;
            }
            else if (digit == unchecked((uint)('.' - '0')) && scale < 0)
            {
                scale = 0;
            }
            else
            {
                return TryReadOther(text, out value);
            }
        }

        value = new(NumeralKind.Small, text, text is [(byte)'-', ..] ? -small : small, Math.Max(scale, 0));
        return digits > 0;
    }

    /// <summary>-1, 0 or 1, as the first is less than, equal to or more than the second. Neither is NaN.</summary>
    public static int Compare(in Numeral a, in Numeral b)
    {
        if (a._kind == NumeralKind.Small && b._kind == NumeralKind.Small)
        {
            return a._scale == b._scale ? a._small.CompareTo(b._small) : Scaled(a, b._scale - a._scale).CompareTo(Scaled(b, a._scale - b._scale));
        }

        if (a._kind <= NumeralKind.Large && b._kind <= NumeralKind.Large)
        {
            return NumeralDigits.Compare(new(a._text), new(b._text));
        }

        return SideOf(a._kind).CompareTo(SideOf(b._kind));
    }

    /// <summary>Writes what the number is called when numbers are compared: equal bytes for equal numbers.</summary>
    public ReadOnlySpan<byte> WriteKey(Span<byte> room)
    {
        if (_kind == NumeralKind.Small)
        {
            return NumeralDigits.WriteKey(_small, -_scale, room);
        }

        return WriteOtherKey(room);
    }

    private ReadOnlySpan<byte> WriteOtherKey(Span<byte> room)
    {
        if (_kind == NumeralKind.Large)
        {
            return new NumeralDigits(_text).WriteKey(room);
        }

        room[0] = (byte)_kind;
        return room[..1];
    }

    /// <summary>A copy that may be kept.</summary>
    public HeldNumeral Hold() => new(_kind, _text.ToArray(), _small, _scale);

    private static Int128 Scaled(in Numeral value, int by)
    {
        var scaled = (Int128)value._small;
        for (; by > 0; by--)
        {
            scaled *= 10;
        }

        return scaled;
    }

    private static int SideOf(NumeralKind kind) => kind switch
    {
        NumeralKind.NegativeInfinity => -1,
        NumeralKind.PositiveInfinity => 1,
        NumeralKind.NaN => throw new UnreachableException("NaN is neither less nor more than anything."),
        _ => 0,
    };

    private static bool TryReadLongInteger(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digits, out Numeral value)
    {
        value = new(NumeralKind.Large, text);
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool TryReadOther(ReadOnlySpan<byte> text, out Numeral value)
    {
        if (NumeralDigits.IsNumber(text))
        {
            value = new(NumeralKind.Large, text);
            return true;
        }

        var kind = text.Length switch
        {
            3 when Ascii.EqualsIgnoreCase(text, "nan"u8) => NumeralKind.NaN,
            3 when Ascii.EqualsIgnoreCase(text, "inf"u8) => NumeralKind.PositiveInfinity,
            4 when Ascii.EqualsIgnoreCase(text, "-inf"u8) => NumeralKind.NegativeInfinity,
            _ => NumeralKind.Small,
        };
        value = new(kind);
        return kind != NumeralKind.Small;
    }
}
