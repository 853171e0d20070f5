using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Armature.Validation.Tables;

/// <summary>A text of 4 to 64 bytes, looked at all at once. Each answer has a bit for each byte, the lowest for the first.</summary>
internal readonly struct ShortText
{
    private const int Least = sizeof(uint);
    private const int Most = 64;

    // Its beginning and its end, which may overlap; bytes that are in neither are NUL.
    private readonly Vector256<byte> _begin;
    private readonly Vector256<byte> _end;
    private readonly int _shift;

    private ShortText(Vector256<byte> begin, Vector256<byte> end, int shift)
    {
        _begin = begin;
        _end = end;
        _shift = shift;
    }

    /// <summary>Loads a text; false when it has not such a length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryLoad(ReadOnlySpan<byte> text, out ShortText loaded)
    {
        ref var first = ref MemoryMarshal.GetReference(text);
        switch (text.Length)
        {
            case < Least or > Most:
                loaded = default;
                return false;
            case >= 32:
                loaded = new(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, (nuint)text.Length - 32), text.Length - 32);
                return true;
            case >= 16:
                loaded = new(Vector128.LoadUnsafe(ref first).ToVector256(), Vector128.LoadUnsafe(ref first, (nuint)text.Length - 16).ToVector256(), text.Length - 16);
                return true;
            case >= 8:
                loaded = new(Load<ulong>(ref first, 0), Load<ulong>(ref first, text.Length - 8), text.Length - 8);
                return true;
            default:
                loaded = new(Load<uint>(ref first, 0), Load<uint>(ref first, text.Length - 4), text.Length - 4);
                return true;
        }
    }

    /// <summary>Which bytes are this one; it is not NUL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Equal(byte value)
    {
        var values = Vector256.Create(value);
        return Bits(Vector256.Equals(_begin, values), Vector256.Equals(_end, values));
    }

    /// <summary>Which bytes are ASCII letters or digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong LettersAndDigits() => Bits(LettersAndDigits(_begin, lastLetter: 'z'), LettersAndDigits(_end, lastLetter: 'z'));

    /// <summary>Which bytes are hexadecimal digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong HexDigits() => Bits(LettersAndDigits(_begin, lastLetter: 'f'), LettersAndDigits(_end, lastLetter: 'f'));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Load<T>(ref byte first, int at)
        where T : unmanaged =>
        Vector256.CreateScalar(Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref first, at))).AsByte();

    // The bit that tells capital letters from small ones makes no other ASCII character a letter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LettersAndDigits(Vector256<byte> bytes, char lastLetter) =>
        Vector256.LessThanOrEqual(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)9))
        | Vector256.LessThanOrEqual((bytes | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)(lastLetter - 'a')));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Bits(Vector256<byte> begin, Vector256<byte> end) =>
        begin.ExtractMostSignificantBits() | ((ulong)end.ExtractMostSignificantBits() << _shift);
}
