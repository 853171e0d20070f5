using System.Buffers.Binary;

namespace Armature.Validation.Tables;

/// <summary>The digits of a number from the first that counts to the last, and where they stand: 0.d1d2d3... times 10 to the magnitude.</summary>
internal readonly ref struct NumeralDigits
{
    private const int MaxExponentDigits = 9;

    private readonly bool _isNegative;
    private readonly long _magnitude;
    private readonly ReadOnlySpan<byte> _digits; // With the point, if it is among them; empty for 0.

    /// <param name="text">A number as <see cref="IsNumber"/> knows it.</param>
    public NumeralDigits(ReadOnlySpan<byte> text)
    {
        _isNegative = text[0] == '-';
        var mantissa = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        var exponent = 0L;
        if (mantissa.IndexOfAny((byte)'E', (byte)'e') is > 0 and var at)
        {
            exponent = ReadExponent(mantissa[(at + 1)..]);
            mantissa = mantissa[..at];
        }

        var first = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9');
        if (first < 0)
        {
            return;
        }

        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa.Length : point;
        _magnitude = exponent + (first < whole ? whole - first : whole - first + 1);
        _digits = mantissa[first..(mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9') + 1)];
    }

    private int Sign => _digits.Length == 0 ? 0 : _isNegative ? -1 : 1;

    /// <summary>Whether a text has an optional sign, digits with an optional point among, before or after them, and an optional exponent of at most nine digits.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text)
    {
        var rest = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        var digits = SkipDigits(ref rest);
        if (rest is [(byte)'.', ..])
        {
            rest = rest[1..];
            digits += SkipDigits(ref rest);
        }

        if (rest is [(byte)'E' or (byte)'e', ..])
        {
            rest = rest is [_, (byte)'-' or (byte)'+', ..] ? rest[2..] : rest[1..];
            return digits > 0 && SkipDigits(ref rest) is > 0 and <= MaxExponentDigits && rest.Length == 0;
        }

        return digits > 0 && rest.Length == 0;
    }

    /// <summary>-1, 0 or 1.</summary>
    public static int Compare(NumeralDigits a, NumeralDigits b)
    {
        if (a.Sign != b.Sign || a.Sign == 0)
        {
            return a.Sign.CompareTo(b.Sign);
        }

        return a.Sign * (a._magnitude != b._magnitude ? a._magnitude.CompareTo(b._magnitude) : CompareDigits(a._digits, b._digits));
    }

    /// <summary>Writes the key of a number that is small: whole, or without zeros at the end of its decimals.</summary>
    /// <param name="digits">The digits, of which there are at most 18.</param>
    /// <param name="exponent">The power of ten that they are multiplied with. Where it is more than 0, there are no zeros at the end and the number has more than 18 digits.</param>
    /// <param name="room">At least <see cref="CellCheck.KeyRoom"/> bytes.</param>
    public static ReadOnlySpan<byte> WriteKey(long digits, int exponent, Span<byte> room)
    {
        for (; exponent < 0 && digits % 10 == 0; exponent++)
        {
            digits /= 10;
        }

        BinaryPrimitives.WriteInt64LittleEndian(room, digits);
        BinaryPrimitives.WriteInt32LittleEndian(room[sizeof(long)..], exponent);
        return room[..(sizeof(long) + sizeof(int))];
    }

    /// <summary>Writes the key of the number; that of one of at most 18 digits is the same however it is written.</summary>
    public ReadOnlySpan<byte> WriteKey(Span<byte> room)
    {
        var count = _digits.Length - (_digits.Contains((byte)'.') ? 1 : 0);
        if (count > Numeral.SmallDigits)
        {
            return WriteLongKey(count, room);
        }

        var small = 0L;
        foreach (var digit in _digits)
        {
            small = digit == '.' ? small : (small * 10) + (digit - '0');
        }

        var exponent = (int)(_magnitude - count);
        for (; exponent > 0 && _magnitude <= Numeral.SmallDigits; exponent--)
        {
            small *= 10;
        }

        return WriteKey(_isNegative ? -small : small, exponent, room);
    }

    // Sign, magnitude, digits: longer than a short key in any case.
    private ReadOnlySpan<byte> WriteLongKey(int count, Span<byte> room)
    {
        const int Head = 1 + sizeof(long);
        var whole = count <= CellCheck.KeyRoom ? stackalloc byte[Head + count] : new byte[Head + count];
        whole[0] = _isNegative ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(whole[1..], _magnitude);
        var at = Head;
        foreach (var digit in _digits)
        {
            if (digit != '.')
            {
                whole[at++] = digit;
            }
        }

        return LongKey.Fit(whole, room);
    }

    private static int CompareDigits(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            i += i < a.Length && a[i] == '.' ? 1 : 0;
            j += j < b.Length && b[j] == '.' ? 1 : 0;
            if (i == a.Length || j == b.Length)
            {
                return (i < a.Length ? 1 : 0) - (j < b.Length ? 1 : 0);
            }

            if (a[i] != b[j])
            {
                return a[i] < b[j] ? -1 : 1;
            }

            i++;
            j++;
        }
    }

    private static long ReadExponent(ReadOnlySpan<byte> text)
    {
        var exponent = 0L;
        foreach (var letter in text[0] is (byte)'-' or (byte)'+' ? text[1..] : text)
        {
            exponent = (exponent * 10) + (letter - '0');
        }

        return text[0] == '-' ? -exponent : exponent;
    }

    private static int SkipDigits(ref ReadOnlySpan<byte> text)
    {
        var count = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        count = count < 0 ? text.Length : count;
        text = text[count..];
        return count;
    }
}
