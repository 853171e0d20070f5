namespace Armature.Validation.Tables;

/// <summary>Durations as XML Schema writes them: P1Y2M3DT4H5M6.7S, with a minus in front if wanted. Numbers have at most 15 digits.</summary>
internal readonly struct DurationForm : IValueForm<Duration>
{
    private const int MaxDigits = 15;
    private const long NanosecondsOfSecond = 1_000_000_000;

    public string Says => "must be a duration such as P1Y2M3DT4H5M6S.";

    public bool TryRead(ReadOnlySpan<byte> text, out Duration value)
    {
        value = default;
        var isNegative = text is [(byte)'-', ..];
        text = isNegative ? text[1..] : text;
        if (text is not [(byte)'P', _, ..])
        {
            return false;
        }

        text = text[1..];
        var years = Take(ref text, (byte)'Y');
        var months = Take(ref text, (byte)'M');
        var days = Take(ref text, (byte)'D');
        if (!TryTakeTime(ref text, out var nanoseconds) || text.Length != 0)
        {
            return false;
        }

        nanoseconds += (Int128)days * Calendar.SecondsOfDay * NanosecondsOfSecond;
        months += years * 12;
        value = isNegative ? new(-months, -nanoseconds) : new(months, nanoseconds);
        return true;
    }

    private static bool TryTakeTime(ref ReadOnlySpan<byte> text, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        if (text is not [(byte)'T', ..])
        {
            return true;
        }

        text = text[1..];
        var length = text.Length;
        var hours = Take(ref text, (byte)'H');
        var minutes = Take(ref text, (byte)'M');
        if (!TryTakeSeconds(ref text, out var seconds) || length == 0)
        {
            return false;
        }

        nanoseconds = ((((Int128)hours * 3600) + ((Int128)minutes * 60)) * NanosecondsOfSecond) + seconds;
        return true;
    }

    // A part that is not there is 0; the text then begins with a later part.
    private static long Take(ref ReadOnlySpan<byte> text, byte designator)
    {
        var rest = text;
        if (Utf8Digits.Take(ref rest, MaxDigits, out var value) == 0 || rest.Length == 0 || rest[0] != designator)
        {
            return 0;
        }

        text = rest[1..];
        return value;
    }

    private static bool TryTakeSeconds(ref ReadOnlySpan<byte> text, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length == 0)
        {
            return true;
        }

        if (Utf8Digits.Take(ref text, MaxDigits, out var seconds) == 0)
        {
            return false;
        }

        var fraction = 0;
        if (text is [(byte)'.', ..])
        {
            text = text[1..];
            if (Utf8Digits.TakeNanoseconds(ref text, out fraction) == 0)
            {
                return false;
            }
        }

        if (text is not [(byte)'S'])
        {
            return false;
        }

        text = [];
        nanoseconds = ((Int128)seconds * NanosecondsOfSecond) + fraction;
        return true;
    }
}
