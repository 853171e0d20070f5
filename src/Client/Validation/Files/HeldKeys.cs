using System.Buffers;
using System.Runtime.InteropServices;

namespace Armature.Validation.Files;

/// <summary>
/// Keys in memory, as chunks gave them, found by partition. They lie in rented blocks: so many bytes that live as long as the check
/// of a file would have the collector look at all that there is, for each file.
/// </summary>
internal sealed class HeldKeys : IDisposable
{
    private const int BlockBytes = 1 << 20;

    private readonly List<byte[]> _blocks = [];
    private readonly List<ReadOnlyMemory<byte>> _chunks = [];

    // Bytes of the last block that are taken.
    private int _taken;

    /// <summary>How many bytes they are, with those that find them.</summary>
    public long Bytes { get; private set; }

    /// <summary>Copies the keys of a chunk (<see cref="PackedKeys"/>).</summary>
    public void Add(ReadOnlySpan<byte> packed)
    {
        if (_blocks.Count == 0 || _blocks[^1].Length - _taken < packed.Length)
        {
            _blocks.Add(ArrayPool<byte>.Shared.Rent(Math.Max(BlockBytes, packed.Length)));
            _taken = 0;
        }

        var held = _blocks[^1].AsMemory(_taken, packed.Length);
        packed.CopyTo(held.Span);
        CountsToEnds(MemoryMarshal.Cast<byte, int>(held.Span[..PackedKeys.CountsBytes]));
        _chunks.Add(held);
        _taken += packed.Length;
        Bytes += packed.Length;
    }

    /// <summary>Bytes of a partition's keys.</summary>
    public int LengthOf(int partition)
    {
        var length = 0;
        foreach (var chunk in _chunks)
        {
            length = checked(length + Of(chunk.Span, partition).Length);
        }

        return length;
    }

    /// <summary>Copies a partition's keys, in the order in which chunks were added.</summary>
    /// <param name="partition">Which.</param>
    /// <param name="room">Where to: as many bytes as <see cref="LengthOf"/> says, or more.</param>
    public void Read(int partition, Span<byte> room)
    {
        foreach (var chunk in _chunks)
        {
            var entries = Of(chunk.Span, partition);
            entries.CopyTo(room);
            room = room[entries.Length..];
        }
    }

    /// <summary>Gives up all keys.</summary>
    public void Clear()
    {
        foreach (var block in _blocks)
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        _blocks.Clear();
        _chunks.Clear();
        Bytes = 0;
    }

    public void Dispose() => Clear();

    private static void CountsToEnds(Span<int> counts)
    {
        for (var i = 1; i < counts.Length; i++)
        {
            counts[i] += counts[i - 1];
        }
    }

    private static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> chunk, int partition)
    {
        var ends = PackedKeys.CountsOf(chunk);
        var start = partition == 0 ? 0 : ends[partition - 1];
        return PackedKeys.EntriesOf(chunk)[(start * KeyEntry.Size)..(ends[partition] * KeyEntry.Size)];
    }
}
