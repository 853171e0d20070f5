using System.Buffers.Binary;

namespace Armature.Images;

/// <summary>Reads numbers from a file's bytes and fails as a damaged image where the file ends too early.</summary>
internal ref struct HeaderReader(ReadOnlySpan<byte> bytes, ImageFormat format)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public long Position { get; private set; }

    public readonly long Remaining => _bytes.Length - Position;

    public readonly ReadOnlySpan<byte> Rest => _bytes[(int)Position..];

    public byte Byte() => Take(1)[0];

    public int UInt16BigEndian() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public int UInt16LittleEndian() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int UInt24LittleEndian() => UInt16LittleEndian() | (Byte() << 16);

    public uint UInt32BigEndian() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public uint UInt32LittleEndian() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64BigEndian() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw ImageInspector.Damaged(format);
        }

        var taken = _bytes.Slice((int)Position, (int)count);
        Position += count;
        return taken;
    }

    /// <summary>Goes on by this much, at most to the end; false when the end was reached.</summary>
    public bool TrySkip(long count)
    {
        var isInside = count >= 0 && count < Remaining;
        Position = isInside ? Position + count : _bytes.Length;
        return isInside;
    }
}
