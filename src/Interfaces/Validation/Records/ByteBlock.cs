using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Armature.Validation.Records;

/// <summary>Looks at 64 bytes at once; each answer has a bit for each byte, the lowest for the first.</summary>
internal static class ByteBlock
{
    public const int Length = 64;

    /// <summary>Which bytes are this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal(ref byte block, byte value)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.Equals(Vector512.LoadUnsafe(ref block), Vector512.Create(value)).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            var values = Vector256.Create(value);
            ulong low = Vector256.Equals(Vector256.LoadUnsafe(ref block), values).ExtractMostSignificantBits();
            ulong high = Vector256.Equals(Vector256.LoadUnsafe(ref block, 32), values).ExtractMostSignificantBits();
            return low | (high << 32);
        }

        var bits = 0UL;
        for (var at = 48; at >= 0; at -= 16)
        {
            bits = (bits << 16) | Vector128.Equals(Vector128.LoadUnsafe(ref block, (nuint)at), Vector128.Create(value)).ExtractMostSignificantBits();
        }

        return bits;
    }

    /// <summary>Which bytes are NUL or not ASCII: those that are not above zero when their highest bit is a sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Unusual(ref byte block)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref block).AsSByte(), Vector512<sbyte>.Zero).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            ulong low = Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref block).AsSByte(), Vector256<sbyte>.Zero).ExtractMostSignificantBits();
            ulong high = Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref block, 32).AsSByte(), Vector256<sbyte>.Zero).ExtractMostSignificantBits();
            return low | (high << 32);
        }

        var bits = 0UL;
        for (var at = 48; at >= 0; at -= 16)
        {
            bits = (bits << 16) | Vector128.LessThanOrEqual(Vector128.LoadUnsafe(ref block, (nuint)at).AsSByte(), Vector128<sbyte>.Zero).ExtractMostSignificantBits();
        }

        return bits;
    }

    /// <summary>For each bit whether an odd number of bits is set up to it, itself counted: which bytes are within quotes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OddUpTo(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
