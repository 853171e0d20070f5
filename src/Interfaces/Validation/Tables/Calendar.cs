namespace Armature.Validation.Tables;

/// <summary>Counts days in the Gregorian calendar, also before it began.</summary>
internal static class Calendar
{
    public const long SecondsOfDay = 86_400;

    public static bool IsDay(long year, int month, int day) =>
        year != 0 && (uint)(month - 1) < 12 && day > 0 && (day <= 28 || day <= DaysOf(year, month));

    /// <summary>The day's number; 0 is 1970-01-01.</summary>
    /// <remarks>The years are counted from March, so that the day that leap years add is their last (H. Hinnant, chrono-compatible low-level date algorithms).</remarks>
    public static long DayNumber(long year, int month, int day)
    {
        // There is no year 0: -1 comes before 1, and is a leap year as 4 is.
        var astronomical = year < 0 ? year + 1 : year;
        var fromMarch = month <= 2 ? astronomical - 1 : astronomical;
        var era = (fromMarch >= 0 ? fromMarch : fromMarch - 399) / 400;
        var yearOfEra = fromMarch - (era * 400);
        var dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        return (era * 146_097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - 719_468;
    }

    public static bool IsLeap(long year)
    {
        var astronomical = year < 0 ? year + 1 : year;
        return astronomical % 4 == 0 && (astronomical % 100 != 0 || astronomical % 400 == 0);
    }

    public static int DaysOf(long year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };
}
