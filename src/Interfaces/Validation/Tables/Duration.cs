using System.Buffers.Binary;

namespace Armature.Validation.Tables;

/// <summary>A duration as XML Schema has it: months and seconds, since months have no fixed number of days.</summary>
/// <param name="Months">Months, those of years among them.</param>
/// <param name="Nanoseconds">The rest, days among it.</param>
internal readonly record struct Duration(long Months, Int128 Nanoseconds) : IOrdered<Duration>
{
    private const long NanosecondsOfSecond = 1_000_000_000;

    // One duration is longer than another when it is so from each of these months on (XML Schema part 2, 3.2.6.2).
    private static readonly (int Year, int Month)[] Beginnings = [(1696, 9), (1697, 2), (1903, 3), (1903, 7)];

    public static int Compare(in Duration a, in Duration b)
    {
        if (a.Months == b.Months)
        {
            return a.Nanoseconds.CompareTo(b.Nanoseconds);
        }

        var first = CompareFrom(Beginnings[0], a, b);
        foreach (var beginning in Beginnings.AsSpan(1))
        {
            if (CompareFrom(beginning, a, b) != first)
            {
                return IOrdered<Duration>.Unordered;
            }
        }

        return first == 0 ? IOrdered<Duration>.Unordered : first;
    }

    public ReadOnlySpan<byte> WriteKey(Span<byte> room)
    {
        BinaryPrimitives.WriteInt64LittleEndian(room, Months);
        BinaryPrimitives.WriteInt128LittleEndian(room[sizeof(long)..], Nanoseconds);
        return room[..(sizeof(long) + 16)];
    }

    private static int CompareFrom((int Year, int Month) beginning, in Duration a, in Duration b) => a.EndFrom(beginning).CompareTo(b.EndFrom(beginning));

    private Int128 EndFrom((int Year, int Month) beginning)
    {
        var month = (beginning.Year * 12L) + beginning.Month - 1 + Months;
        var year = Math.DivRem(month, 12, out var rest);
        if (rest < 0)
        {
            (year, rest) = (year - 1, rest + 12);
        }

        // The calendar here has no year 0; counting on has.
        return ((Int128)Calendar.DayNumber(year <= 0 ? year - 1 : year, (int)rest + 1, 1) * Calendar.SecondsOfDay * NanosecondsOfSecond) + Nanoseconds;
    }
}
