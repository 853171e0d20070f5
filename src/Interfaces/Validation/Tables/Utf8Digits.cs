namespace Armature.Validation.Tables;

/// <summary>Reads digits at the beginning of a text.</summary>
internal static class Utf8Digits
{
    /// <summary>Reads exactly two digits.</summary>
    public static bool TryTwo(ReadOnlySpan<byte> text, int at, out int value)
    {
        value = 0;
        if ((uint)(at + 1) >= (uint)text.Length)
        {
            return false;
        }

        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9;
    }

    /// <summary>Reads up to <paramref name="most"/> digits and takes them off the text.</summary>
    /// <returns>How many digits there were.</returns>
    public static int Take(ref ReadOnlySpan<byte> text, int most, out long value)
    {
        var count = 0;
        for (value = 0; count < text.Length && count < most && text[count] is >= (byte)'0' and <= (byte)'9'; count++)
        {
            value = (value * 10) + (text[count] - '0');
        }

        text = text[count..];
        return count;
    }

    /// <summary>Reads the decimals of a second and takes them off the text. Those after the ninth do not count.</summary>
    /// <returns>How many digits there were.</returns>
    public static int TakeNanoseconds(ref ReadOnlySpan<byte> text, out int value)
    {
        var count = 0;
        for (value = 0; count < text.Length && text[count] is >= (byte)'0' and <= (byte)'9'; count++)
        {
            value = count < 9 ? (value * 10) + (text[count] - '0') : value;
        }

        for (var i = count; i is > 0 and < 9; i++)
        {
            value *= 10;
        }

        text = text[count..];
        return count;
    }
}
