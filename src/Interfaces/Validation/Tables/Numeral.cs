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
        if (SmallNumber.TryReadInteger(text, out var small))
        {
            value = new(NumeralKind.Small, text, small);
            return true;
        }

        var digits = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        value = new(NumeralKind.Large, text);
        return digits.Length > SmallDigits && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>Reads a number: also with decimals, with an exponent, or NaN, INF, -INF in any case of their letters.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out Numeral value)
    {
        if (SmallNumber.TryRead(text, out var digits, out var scale))
        {
            value = new(NumeralKind.Small, text, digits, scale);
            return true;
        }

        return TryReadOther(text, out value);
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
