using System.Buffers.Binary;
using System.Text;

namespace Armature.Caching;

/// <summary>What was found in one partition: how many entries, and the keys of some, each with its length before it. As bytes it travels as a value.</summary>
public sealed class CacheScanPart
{
    /// <summary>Keys that one partition lists at most: 10,000.</summary>
    public const int MostKeys = 10_000;

    /// <summary>Bytes of the keys that one partition lists at most: 1 MiB.</summary>
    public const int MostBytes = 1 << 20;

    private const int CountBytes = sizeof(long);
    private const int LengthBytes = sizeof(ushort);

    private byte[] _bytes = new byte[256];
    private int _end = CountBytes;
    private int _listed;
    private long _count;

    /// <summary>Adds an entry that was found; its key is listed while there is room.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="maxKeys">How many keys to list.</param>
    public void Add(ReadOnlySpan<byte> key, int maxKeys)
    {
        _count++;
        var end = _end + LengthBytes + key.Length;
        if (_listed == maxKeys || end > MostBytes)
        {
            return;
        }

        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(_end), (ushort)key.Length);
        key.CopyTo(_bytes.AsSpan(_end + LengthBytes));
        _end = end;
        _listed++;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes, _count);
        return _bytes.AsMemory(0, _end);
    }

    /// <summary>Reads the bytes.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> gave.</param>
    /// <param name="keys">The keys are added to it.</param>
    /// <returns>How many entries were found.</returns>
    public static long Read(ReadOnlySpan<byte> bytes, ICollection<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        for (var rest = bytes[CountBytes..]; !rest.IsEmpty;)
        {
            var end = LengthBytes + BinaryPrimitives.ReadUInt16LittleEndian(rest);
            keys.Add(Encoding.UTF8.GetString(rest[LengthBytes..end]));
            rest = rest[end..];
        }

        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }
}
