using System.Buffers.Binary;

namespace Armature.Caching.Tier;

/// <summary>An entry as the tier keeps it: what it was written with, and behind that the value and the tags.</summary>
/// <param name="Epoch">Of the silo that wrote it.</param>
/// <param name="Version">The number that it was written with.</param>
/// <param name="ExpiresAt">In milliseconds since 1970; <see cref="CacheTime.Never"/> for an entry that does not expire, or whose expiry slides.</param>
/// <param name="Sliding">What a read moves the expiry to, in milliseconds from then; 0 for an expiry that stays.</param>
/// <param name="StaleSeconds">How long it is kept in memory once it has expired.</param>
/// <param name="Value">The value.</param>
/// <param name="Tags">The tags.</param>
internal readonly record struct TierEntry(long Epoch, long Version, long ExpiresAt, long Sliding, int StaleSeconds, ReadOnlyMemory<byte> Value, PackedTags Tags)
{
    /// <summary>Bytes before the value.</summary>
    public const int HeaderBytes = 39;

    // Entries of another format are not there: a silo of another version wrote them.
    private const byte Format = 1;

    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderBytes + Value.Length + Tags.Length];
        bytes[0] = Format;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(9), Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(17), ExpiresAt);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(25), Sliding);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(33), (ushort)Tags.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(35), StaleSeconds);
        Value.CopyTo(bytes.AsMemory(HeaderBytes));
        Tags.Bytes.CopyTo(bytes.AsMemory(HeaderBytes + Value.Length));
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> has written; false when it is something else.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out TierEntry entry)
    {
        var span = bytes.Span;
        if (span.Length < HeaderBytes || span[0] != Format || BinaryPrimitives.ReadUInt16LittleEndian(span[33..]) is var tags && tags > span.Length - HeaderBytes)
        {
            entry = default;
            return false;
        }

        entry = new(
            BinaryPrimitives.ReadInt64LittleEndian(span[1..]),
            BinaryPrimitives.ReadInt64LittleEndian(span[9..]),
            BinaryPrimitives.ReadInt64LittleEndian(span[17..]),
            BinaryPrimitives.ReadInt64LittleEndian(span[25..]),
            BinaryPrimitives.ReadInt32LittleEndian(span[35..]),
            bytes[HeaderBytes..^tags],
            new(bytes[^tags..]));
        return true;
    }
}
