namespace Armature.Validation.Tables;

/// <summary>Years as XML Schema writes them (gYear): 2024, -0044, 12024. There is no year 0, and no zone here.</summary>
internal readonly struct YearForm : IValueForm<Moment>
{
    private const int MaxDigits = 9;

    public string Says => "must be a year such as 2024.";

    public bool TryRead(ReadOnlySpan<byte> text, out Moment value)
    {
        var isYear = TryTake(ref text, out var year) && text.Length == 0;
        value = new(year);
        return isYear;
    }

    /// <summary>Reads a year and takes it off the text: at least four digits, and no zero in front of more.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> text, out long year)
    {
        var isNegative = text is [(byte)'-', ..];
        text = isNegative ? text[1..] : text;
        var startsWithZero = text is [(byte)'0', ..];
        var digits = Utf8Digits.Take(ref text, MaxDigits, out year);
        year = isNegative ? -year : year;
        return digits >= 4 && year != 0 && !(digits > 4 && startsWithZero);
    }
}
