namespace Armature.Validation.Tables;

/// <summary>
/// Dates with times as XML Schema writes them (dateTime): 2024-01-26T15:00:00, with decimals of seconds and a zone if wanted. One without
/// a zone is compared as if it were UTC. 24:00:00 is the beginning of the next day.
/// </summary>
internal readonly struct DateTimeForm : IValueForm<Moment>
{
    private const int MaxZoneHours = 14; // XML Schema part 2, 3.2.7.3.

    public string Says => "must be a date and time such as 2024-01-26T15:00:00Z.";

    public bool TryRead(ReadOnlySpan<byte> text, out Moment value)
    {
        value = default;
        if (!YearForm.TryTake(ref text, out var year) || text.Length < 15 || text[0] != '-' || text[3] != '-' || text[6] != 'T' || text[9] != ':' || text[12] != ':'
            || !Utf8Digits.TryTwo(text, 1, out var month) || !Utf8Digits.TryTwo(text, 4, out var day)
            || !Utf8Digits.TryTwo(text, 7, out var hour) || !Utf8Digits.TryTwo(text, 10, out var minute) || !Utf8Digits.TryTwo(text, 13, out var second)
            || !Calendar.IsDay(year, month, day) || hour > 24 || minute > 59 || second > 59)
        {
            return false;
        }

        text = text[15..];
        var nanoseconds = 0;
        if (text is [(byte)'.', ..])
        {
            text = text[1..];
            if (Utf8Digits.TakeNanoseconds(ref text, out nanoseconds) == 0)
            {
                return false;
            }
        }

        if ((hour == 24 && (minute | second | nanoseconds) != 0) || !TryReadZone(text, out var offset))
        {
            return false;
        }

        value = new((Calendar.DayNumber(year, month, day) * Calendar.SecondsOfDay) + (hour * 3600) + (minute * 60) + second - offset, nanoseconds);
        return true;
    }

    // Z, +01:00 or nothing; the offset in seconds.
    private static bool TryReadZone(ReadOnlySpan<byte> text, out int offset)
    {
        offset = 0;
        if (text.Length == 0 || text is [(byte)'Z'])
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':' || !Utf8Digits.TryTwo(text, 1, out var hours) || !Utf8Digits.TryTwo(text, 4, out var minutes)
            || minutes > 59 || (hours * 60) + minutes > MaxZoneHours * 60)
        {
            return false;
        }

        offset = ((hours * 60) + minutes) * (text[0] == '-' ? -60 : 60);
        return true;
    }
}
