using System.Buffers.Binary;

namespace Armature.Validation.Tables;

/// <summary>A point in time, a day, a month, a year or a time of day, as its distance from the first one.</summary>
/// <param name="Seconds">Seconds, or years or months where values are such.</param>
/// <param name="Nanoseconds">What is beyond, from 0 to 999,999,999.</param>
internal readonly record struct Moment(long Seconds, int Nanoseconds = 0) : IOrdered<Moment>
{
    public static int Compare(in Moment a, in Moment b) =>
        a.Seconds != b.Seconds ? (a.Seconds < b.Seconds ? -1 : 1) : a.Nanoseconds.CompareTo(b.Nanoseconds);

    public ReadOnlySpan<byte> WriteKey(Span<byte> room)
    {
        BinaryPrimitives.WriteInt64LittleEndian(room, Seconds);
        BinaryPrimitives.WriteInt32LittleEndian(room[sizeof(long)..], Nanoseconds);
        return room[..(sizeof(long) + sizeof(int))];
    }
}
