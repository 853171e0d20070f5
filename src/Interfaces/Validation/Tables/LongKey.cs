using System.Security.Cryptography;

namespace Armature.Validation.Tables;

/// <summary>Keys that can be longer than the room for keys.</summary>
internal static class LongKey
{
    // Which of the two it is, so that no key is taken for a digest.
    private const byte Whole = 0;
    private const byte Digest = 1;

    /// <summary>The key itself where there is room for it, otherwise its SHA-256.</summary>
    public static ReadOnlySpan<byte> Fit(scoped ReadOnlySpan<byte> key, Span<byte> room)
    {
        if (key.Length < CellCheck.KeyRoom)
        {
            room[0] = Whole;
            key.CopyTo(room[1..]);
            return room[..(key.Length + 1)];
        }

        room[0] = Digest;
        return room[..(SHA256.HashData(key, room[1..]) + 1)];
    }
}
