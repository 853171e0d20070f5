using System.Numerics;

namespace Armature.Validation.Tables;

/// <summary>A set of keys, which are bytes, that is asked with spans. Open addressing, at most half full.</summary>
internal sealed class KeySet
{
    private readonly byte[]?[] _slots;

    // All keys, when all are short.
    private readonly ShortKeySet? _short;

    public KeySet(IReadOnlyCollection<byte[]> keys)
    {
        if (keys.Count > 0 && keys.All(ShortKeySet.Takes))
        {
            _short = new(keys);
            _slots = [];
            return;
        }

        _slots = new byte[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, keys.Count) * 2)][];
        foreach (var key in keys)
        {
            _slots[Find(key)] = key;
        }
    }

    public bool Contains(ReadOnlySpan<byte> key) => _short is { } keys ? keys.Contains(key) : _slots[Find(key)] is not null;

    // The key's slot: its own, or the free one where it would be.
    private int Find(ReadOnlySpan<byte> key)
    {
        var mask = _slots.Length - 1;
        var slot = (int)(Hash(key) & (uint)mask);
        while (_slots[slot] is { } other && !key.SequenceEqual(other))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    // FNV-1a, with the high bits taken into the low ones. Whoever writes the schema also writes these keys: nobody gains by making them collide.
    private static uint Hash(ReadOnlySpan<byte> key)
    {
        var hash = 2166136261u;
        foreach (var part in key)
        {
            hash = (hash ^ part) * 16777619u;
        }

        return hash ^ (hash >> 15);
    }
}
