using System.Buffers.Binary;
using System.Text;

namespace Armature.Caching;

/// <summary>The tags of an entry in UTF-8, each with its length before it. Nothing where there are none.</summary>
/// <param name="Bytes">The tags; never changed.</param>
internal readonly record struct PackedTags(ReadOnlyMemory<byte> Bytes)
{
    private const int LengthBytes = sizeof(ushort);

    public int Length => Bytes.Length;

    /// <summary>Packs tags that <see cref="CacheTag"/> has no objection to.</summary>
    public static PackedTags From(IReadOnlyCollection<string>? tags)
    {
        if (tags is null or { Count: 0 })
        {
            return default;
        }

        var bytes = new byte[tags.Sum(tag => LengthBytes + Encoding.UTF8.GetByteCount(tag))];
        var rest = bytes.AsSpan();
        foreach (var tag in tags)
        {
            var length = Encoding.UTF8.GetBytes(tag, rest[LengthBytes..]);
            BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)length);
            rest = rest[(LengthBytes + length)..];
        }

        return new(bytes);
    }

    /// <summary>True when the tag is one of them.</summary>
    public bool Contains(ReadOnlySpan<byte> tag)
    {
        for (var rest = Bytes.Span; !rest.IsEmpty;)
        {
            var end = LengthBytes + BinaryPrimitives.ReadUInt16LittleEndian(rest);
            if (rest[LengthBytes..end].SequenceEqual(tag))
            {
                return true;
            }

            rest = rest[end..];
        }

        return false;
    }
}
