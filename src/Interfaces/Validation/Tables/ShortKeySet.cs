using System.Buffers.Binary;
using System.Numerics;

namespace Armature.Validation.Tables;

/// <summary>A set of keys of at most seven bytes, each with its length in one number. Open addressing, at most a quarter full.</summary>
internal sealed class ShortKeySet
{
    private const int MostBytes = sizeof(ulong) - 1;

    // Knuth's multiplicative hashing: 2 to the 64th by the golden ratio.
    private const ulong Factor = 0x9E37_79B9_7F4A_7C15;

    private readonly ulong[] _slots;
    private readonly int _shift;

    public ShortKeySet(IReadOnlyCollection<byte[]> keys)
    {
        _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, keys.Count) * 4)];
        _shift = 64 - BitOperations.Log2((uint)_slots.Length);
        foreach (var key in keys)
        {
            var number = NumberOf(key);
            _slots[Find(number)] = number;
        }
    }

    /// <summary>Whether a key is short enough.</summary>
    public static bool Takes(byte[] key) => key.Length <= MostBytes;

    public bool Contains(ReadOnlySpan<byte> key)
    {
        if (key.Length > MostBytes)
        {
            return false;
        }

        var number = NumberOf(key);
        return _slots[Find(number)] == number;
    }

    // The number's slot: its own, or the free one where it would be.
    private int Find(ulong number)
    {
        var mask = _slots.Length - 1;
        var slot = (int)((number * Factor) >> _shift);
        while (_slots[slot] is not 0 and var other && other != number)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    // The bytes, and above them the length, so that no two keys have the same number and none has 0.
    private static ulong NumberOf(ReadOnlySpan<byte> key)
    {
        ulong bytes = key.Length switch
        {
            >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(key) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(key[^4..]) << (8 * (key.Length - 4))),
            >= 2 => BinaryPrimitives.ReadUInt16LittleEndian(key) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(key[^2..]) << (8 * (key.Length - 2))),
            1 => key[0],
            _ => 0,
        };
        return bytes | ((ulong)(key.Length + 1) << 56);
    }
}
