namespace Armature.Validation.Tables;

/// <summary>Reads numbers of at most <see cref="Numeral.SmallDigits"/> digits, which fit into a long.</summary>
internal static class SmallNumber
{
    /// <summary>Reads an optional sign and digits; false for all else, also for what is too long.</summary>
    public static bool TryReadInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var first = HasSign(text) ? 1 : 0;
        if (text.Length == first || text.Length - first > Numeral.SmallDigits)
        {
            return false;
        }

        for (var i = first; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        value = text[0] == '-' ? -value : value;
        return true;
    }

    /// <summary>Reads an optional sign, and digits with an optional point before, among or after them; false for all else, also for what is too long.</summary>
    /// <param name="text">The number.</param>
    /// <param name="digits">Its digits without the point, with its sign.</param>
    /// <param name="scale">How many of them are decimals.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out long digits, out int scale)
    {
        (digits, scale) = (0, 0);
        if (text.Length is 0 or > Numeral.SmallDigits)
        {
            return false;
        }

        var point = -1;
        var first = HasSign(text) ? 1 : 0;
        for (var i = first; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        digits = text[0] == '-' ? -digits : digits;
        scale = point < 0 ? 0 : text.Length - 1 - point;
        return text.Length > first + (point < 0 ? 0 : 1);
    }

    private static bool HasSign(ReadOnlySpan<byte> text) => text is [(byte)'-' or (byte)'+', ..];
}
