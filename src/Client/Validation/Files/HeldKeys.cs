using System.Buffers;

namespace Armature.Validation.Files;

/// <summary>
/// Keys in memory by partition, each in blocks of rented slabs: so many bytes that live as long as the check of a file would have the
/// collector look at all that there is, for each file.
/// </summary>
internal sealed class HeldKeys : IDisposable
{
    // A block has 51 lines of the processor's cache: an odd number, so that the ends of all partitions do not share a few places there.
    // A slab has almost the 32,768 keys that the pool gives an array for.
    private const int BlockKeys = 136;
    private const int SlabKeys = 240 * BlockKeys;

    private readonly List<KeyEntry[]> _slabs = [];
    private readonly List<ArraySegment<KeyEntry>>[] _blocks = [.. Enumerable.Range(0, KeyEntry.Partitions).Select(static _ => new List<ArraySegment<KeyEntry>>())];
    private readonly Tail[] _tails = new Tail[KeyEntry.Partitions];

    // Keys of the last slab that have a block.
    private int _taken = SlabKeys;

    /// <summary>How many bytes they are.</summary>
    public long Bytes { get; private set; }

    /// <summary>Copies keys.</summary>
    public void Add(ReadOnlySpan<KeyEntry> keys)
    {
        foreach (ref readonly var key in keys)
        {
            ref var tail = ref _tails[key.Partition];
            if (tail.Left == 0)
            {
                tail = Extend(key.Partition);
            }

            tail.Slab[tail.Next++] = key;
            tail.Left--;
        }

        Bytes += (long)keys.Length * KeyEntry.Size;
    }

    /// <summary>How many keys a partition has.</summary>
    public int CountOf(int partition) => (_blocks[partition].Count * BlockKeys) - _tails[partition].Left;

    /// <summary>Copies a partition's keys, in the order in which they were added.</summary>
    /// <param name="partition">Which.</param>
    /// <param name="room">Where to: as many keys as <see cref="CountOf"/> says, or more.</param>
    public void Read(int partition, Span<KeyEntry> room)
    {
        room = room[..CountOf(partition)];
        foreach (var block in _blocks[partition])
        {
            var count = Math.Min(room.Length, BlockKeys);
            block.AsSpan(0, count).CopyTo(room);
            room = room[count..];
        }
    }

    /// <summary>Gives up all keys.</summary>
    public void Clear()
    {
        foreach (var slab in _slabs)
        {
            ArrayPool<KeyEntry>.Shared.Return(slab);
        }

        _slabs.Clear();
        Array.ForEach(_blocks, static blocks => blocks.Clear());
        Array.Clear(_tails);
        _taken = SlabKeys;
        Bytes = 0;
    }

    public void Dispose() => Clear();

    private Tail Extend(int partition)
    {
        if (_taken == SlabKeys)
        {
            _slabs.Add(ArrayPool<KeyEntry>.Shared.Rent(SlabKeys));
            _taken = 0;
        }

        _blocks[partition].Add(new(_slabs[^1], _taken, BlockKeys));
        var tail = new Tail { Slab = _slabs[^1], Next = _taken, Left = BlockKeys };
        _taken += BlockKeys;
        return tail;
    }

    /// <summary>Where the next key of a partition goes.</summary>
    private struct Tail
    {
        public KeyEntry[] Slab;
        public int Next;
        public int Left;
    }
}
