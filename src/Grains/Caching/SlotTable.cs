using System.Numerics;

namespace Armature.Caching;

/// <summary>Entries by key: a hash table over one array of slots. Not thread-safe.</summary>
internal sealed class SlotTable
{
    public const int None = -1;

    /// <summary>The bytes that an entry costs besides its key and value.</summary>
    public const int EntryOverhead = 112;

    private const int FirstSize = 16;

    // The shard took the lowest bits of the hash.
    private const int BucketShift = 32;

    private CacheSlot[] _slots = new CacheSlot[FirstSize];
    private int[] _buckets = NewBuckets(FirstSize);
    private int _used;
    private int _free = None;

    public int Count { get; private set; }

    /// <summary>The slots that there is room for before the table grows.</summary>
    public int Capacity => _slots.Length;

    public ref CacheSlot this[int slot] => ref _slots[slot];

    public int Find(ulong hash, ReadOnlySpan<byte> key)
    {
        var slot = _buckets[Bucket(hash)];
        while (slot != None && !_slots[slot].IsOf(hash, key))
        {
            slot = _slots[slot].Next;
        }

        return slot;
    }

    /// <summary>Finds the key of a read that <see cref="Seek"/> has looked for; others may have been removed since.</summary>
    public int Find(in KeyRead read, ReadOnlySpan<byte> key) =>
        read.Slot == None || _slots[read.Slot].IsOf(read.Hash, key) ? read.Slot : Find(read.Hash, key);

    /// <summary>
    /// Looks where keys may be that are read together, and asks for the bytes there. In passes: bucket, slot and bytes of an entry are
    /// three places in memory, each known by the one before. Within a pass no key waits for another, and the processor fetches them for
    /// many keys together.
    /// </summary>
    /// <param name="reads">All reads.</param>
    /// <param name="places">The places of those that are this table's.</param>
    public void Seek(Span<KeyRead> reads, ReadOnlySpan<int> places)
    {
        var (buckets, slots) = (_buckets, _slots);
        foreach (var place in places)
        {
            ref var read = ref reads[place];
            read.Slot = buckets[(int)(uint)(read.Hash >> BucketShift) & (buckets.Length - 1)];
        }

        foreach (var place in places)
        {
            ref var read = ref reads[place];
            var slot = read.Slot;
            while (slot != None && slots[slot].Hash != read.Hash)
            {
                slot = slots[slot].Next;
            }

            read.Slot = slot;
        }

        foreach (var place in places)
        {
            ref var read = ref reads[place];
            read.Last = read.Slot != None && slots[read.Slot].Data is { } data && data.Length >= read.Length ? data[read.Length - 1] : (byte)0;
        }
    }

    /// <summary>The first entry of a partition from a slot on.</summary>
    public int NextOf(int partition, int slot)
    {
        for (; slot < _used; slot++)
        {
            ref var entry = ref _slots[slot];
            if ((int)(entry.Hash >> 56) == partition && entry.Data is not null)
            {
                return slot;
            }
        }

        return None;
    }

    /// <summary>Adds an entry that is not there.</summary>
    /// <returns>Its slot.</returns>
    public int Add(ulong hash, byte[] data, int keyLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keyLength, CacheSlot.MaxKeyLength);
        var slot = Take();
        ref var bucket = ref _buckets[Bucket(hash)];
        _slots[slot] = new()
        {
            Data = data,
            KeyLength = keyLength,
            Hash = hash,
            ExpiresAt = CacheTime.Never,
            Next = bucket,
            Older = None,
            Newer = None,
            TimerPrevious = None,
            TimerNext = None,
            TimerBucket = None,
        };
        bucket = slot;
        Count++;
        return slot;
    }

    public void Remove(int slot)
    {
        ref var link = ref _buckets[Bucket(_slots[slot].Hash)];
        while (link != slot)
        {
            link = ref _slots[link].Next;
        }

        link = _slots[slot].Next;
        _slots[slot] = new() { Next = _free };
        _free = slot;
        Count--;
    }

    private static int[] NewBuckets(int count)
    {
        var buckets = new int[count];
        Array.Fill(buckets, None);
        return buckets;
    }

    private int Bucket(ulong hash) => (int)((uint)(hash >> BucketShift) & (uint)(_buckets.Length - 1));

    private int Take()
    {
        if (_free != None)
        {
            var slot = _free;
            _free = _slots[slot].Next;
            return slot;
        }

        if (_used == _slots.Length)
        {
            Grow();
        }

        return _used++;
    }

    private void Grow()
    {
        // By a quarter where it is large: memory that waits for entries is nobody's.
        var size = _slots.Length + Math.Max(FirstSize, _slots.Length / 4);
        Array.Resize(ref _slots, size);
        if (size <= _buckets.Length)
        {
            return;
        }

        _buckets = NewBuckets((int)BitOperations.RoundUpToPowerOf2((uint)size));
        for (var slot = 0; slot < _used; slot++)
        {
            ref var entry = ref _slots[slot];
            ref var bucket = ref _buckets[Bucket(entry.Hash)];
            (entry.Next, bucket) = (bucket, slot);
        }
    }
}
