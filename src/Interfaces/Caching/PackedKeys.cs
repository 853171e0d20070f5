using System.Runtime.InteropServices;

namespace Armature.Caching;

/// <summary>
/// Keys as UTF-8, one behind the other: key <c>i</c> is <c>Bytes[Ends[i - 1]..Ends[i]]</c>. Never changed once made: a call within a
/// silo passes the same object.
/// </summary>
[GenerateSerializer, Immutable, Alias("armature.caching.packed-keys")]
public sealed class PackedKeys(int[] ends, byte[] bytes)
{
    [NonSerialized] private int[] _ends = ends;
    [NonSerialized] private byte[] _bytes = bytes;

    /// <summary>Where each key's bytes end.</summary>
    public int[] Ends => _ends;

    /// <summary>All keys' bytes. There may be unused ones at the end.</summary>
    public byte[] Bytes => _bytes;

    // Between processes as bytes: a serializer of arrays writes a header for each element.
    [Id(0)] internal byte[] EndBytes
    {
        get => MemoryMarshal.AsBytes<int>(_ends).ToArray();
        set => _ends = MemoryMarshal.Cast<byte, int>(value).ToArray();
    }

    [Id(1)] internal byte[] UsedBytes
    {
        get => _ends is [.., var used] && used < _bytes.Length ? _bytes[..used] : _bytes;
        set => _bytes = value;
    }

    /// <summary>How many keys there are.</summary>
    public int Count => Ends.Length;

    /// <summary>The bytes of key <paramref name="i"/>.</summary>
    public ReadOnlySpan<byte> this[int i]
    {
        get
        {
            var start = i == 0 ? 0 : Ends[i - 1];
            return Bytes.AsSpan(start, Ends[i] - start);
        }
    }

    /// <summary>Some of the keys.</summary>
    /// <param name="places">Their places here.</param>
    public PackedKeys Select(int[] places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var chosen = new int[places.Length];
        var length = 0;
        for (var i = 0; i < places.Length; i++)
        {
            length += this[places[i]].Length;
            chosen[i] = length;
        }

        var packed = new byte[length];
        for (var i = 0; i < places.Length; i++)
        {
            var key = this[places[i]];
            key.CopyTo(packed.AsSpan(chosen[i] - key.Length));
        }

        return new(chosen, packed);
    }
}
