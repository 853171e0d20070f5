using System.Text;

namespace Armature.Validation.Tables;

/// <summary>The parts of a date and time as they are read. Those that are not there are those of 1900-01-01 at midnight, as in Python.</summary>
internal ref struct TimeParts()
{
    /// <summary>The directives of strptime that are known.</summary>
    public const string Directives = "aAbBdfHIjmMpSyYzZ%";

    private static readonly byte[][] Months = Utf8("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December");
    private static readonly byte[][] Days = Utf8("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static readonly byte[][] Halves = Utf8("AM", "PM");
    private static readonly byte[][] Zones = Utf8("UTC", "GMT");

    private long _year = 1900;
    private int _month = 1;
    private int _day = 1;
    private int _dayOfYear;
    private int _hour;
    private int _half = -1;
    private bool _isHalfDay;
    private int _minute;
    private int _second;
    private int _nanoseconds;
    private int _offset;

    /// <summary>Reads what a directive stands for and takes it off the text.</summary>
    public bool TryTake(byte directive, ref ReadOnlySpan<byte> text) => directive switch
    {
        (byte)'Y' => Utf8Digits.Take(ref text, 4, out _year) == 4,
        (byte)'y' => TryTakeShortYear(ref text),
        (byte)'m' => TryTakeNumber(ref text, 2, 1, 12, out _month),
        (byte)'d' => TryTakeNumber(ref text, 2, 1, 31, out _day),
        (byte)'j' => TryTakeNumber(ref text, 3, 1, 366, out _dayOfYear),
        (byte)'H' => TryTakeNumber(ref text, 2, 0, 23, out _hour),
        (byte)'I' => _isHalfDay = TryTakeNumber(ref text, 2, 1, 12, out _hour),
        (byte)'M' => TryTakeNumber(ref text, 2, 0, 59, out _minute),
        (byte)'S' => TryTakeNumber(ref text, 2, 0, 59, out _second),
        (byte)'f' => TryTakeFraction(ref text),
        (byte)'p' => (_half = TakeName(ref text, Halves, 2)) >= 0,
        (byte)'b' => (_month = TakeName(ref text, Months, 3) + 1) > 0,
        (byte)'B' => (_month = TakeName(ref text, Months, int.MaxValue) + 1) > 0,
        (byte)'a' => TakeName(ref text, Days, 3) >= 0,
        (byte)'A' => TakeName(ref text, Days, int.MaxValue) >= 0,
        (byte)'z' => TryTakeOffset(ref text),
        (byte)'Z' => TakeName(ref text, Zones, 3) >= 0,
        _ => TryTakePercent(ref text),
    };

    /// <summary>Puts the parts together.</summary>
    public readonly bool TryMake(bool hasDate, bool hasTime, out Moment value)
    {
        value = default;
        var isDay = _dayOfYear > 0 ? _year != 0 && _dayOfYear <= (Calendar.IsLeap(_year) ? 366 : 365) : Calendar.IsDay(_year, _month, _day);
        if (!isDay)
        {
            return false;
        }

        var hour = _isHalfDay ? (_hour % 12) + (_half == 1 ? 12 : 0) : _hour;
        var seconds = hasTime ? (hour * 3600) + (_minute * 60) + _second - _offset : 0;
        var day = hasDate ? _dayOfYear > 0 ? Calendar.DayNumber(_year, 1, 1) + _dayOfYear - 1 : Calendar.DayNumber(_year, _month, _day) : 0;
        value = new((day * Calendar.SecondsOfDay) + seconds, hasTime ? _nanoseconds : 0);
        return true;
    }

    private bool TryTakeShortYear(ref ReadOnlySpan<byte> text)
    {
        const int FirstOfLastCentury = 69; // POSIX strptime.
        var digits = Utf8Digits.Take(ref text, 2, out var year);
        _year = year + (year < FirstOfLastCentury ? 2000 : 1900);
        return digits == 2;
    }

    private bool TryTakeFraction(ref ReadOnlySpan<byte> text)
    {
        const int MaxDigits = 6;
        var digits = text[..Math.Min(MaxDigits, text.Length)];
        var count = Utf8Digits.TakeNanoseconds(ref digits, out _nanoseconds);
        text = text[count..];
        return count > 0;
    }

    private static bool TryTakePercent(ref ReadOnlySpan<byte> text)
    {
        var isThere = text is [(byte)'%', ..];
        text = isThere ? text[1..] : text;
        return isThere;
    }

    // Z, +0100, +01:00.
    private bool TryTakeOffset(ref ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'Z', ..])
        {
            text = text[1..];
            return true;
        }

        if (text is not [(byte)'+' or (byte)'-', ..] || !Utf8Digits.TryTwo(text, 1, out var hours))
        {
            return false;
        }

        var at = text is [_, _, _, (byte)':', ..] ? 4 : 3;
        if (!Utf8Digits.TryTwo(text, at, out var minutes) || hours > 23 || minutes > 59)
        {
            return false;
        }

        _offset = ((hours * 60) + minutes) * (text[0] == '-' ? -60 : 60);
        text = text[(at + 2)..];
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> text, int mostDigits, int least, int most, out int value)
    {
        var digits = Utf8Digits.Take(ref text, mostDigits, out var number);
        value = (int)number;
        return digits > 0 && value >= least && value <= most;
    }

    // The place of the name that the text begins with, in any case of its letters; -1 when it is none.
    private static int TakeName(ref ReadOnlySpan<byte> text, byte[][] names, int length)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i].AsSpan(0, Math.Min(length, names[i].Length));
            if (text.Length >= name.Length && Ascii.EqualsIgnoreCase(text[..name.Length], name))
            {
                text = text[name.Length..];
                return i;
            }
        }

        return -1;
    }

    private static byte[][] Utf8(params string[] names) => Array.ConvertAll(names, Encoding.UTF8.GetBytes);
}
