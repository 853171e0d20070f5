using System.Buffers.Binary;
using System.Numerics;

namespace Armature.Validation.Tables;

/// <summary>Counts Unicode code points of UTF-8: every byte but those that continue one.</summary>
internal static class Utf8Length
{
    /// <summary>How many a text has, which is valid UTF-8.</summary>
    public static int Of(ReadOnlySpan<byte> text)
    {
        var count = text.Length;
        while (text.Length >= sizeof(ulong))
        {
            count -= Continuing(BinaryPrimitives.ReadUInt64LittleEndian(text));
            text = text[sizeof(ulong)..];
        }

        var last = 0UL;
        foreach (var part in text)
        {
            last = (last << 8) | part;
        }

        return count - Continuing(last);
    }

    // Their highest bit is set, and the next one is not.
    private static int Continuing(ulong bytes) => BitOperations.PopCount(bytes & ~(bytes << 1) & 0x8080_8080_8080_8080);
}
