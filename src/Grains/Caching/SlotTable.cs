using System.Numerics;

namespace Armature.Caching;

/// <summary>Entries by key: a hash table over one array of slots. Not thread-safe.</summary>
internal sealed class SlotTable
{
    public const int None = -1;

    /// <summary>The bytes that an entry costs besides its key and value.</summary>
    public const int EntryOverhead = 112;

    private const int FirstSize = 16;

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
        for (var slot = _buckets[Bucket(hash)]; slot != None; slot = _slots[slot].Next)
        {
            ref var entry = ref _slots[slot];
            if (entry.Hash == hash && entry.KeyLength == key.Length && entry.Data.AsSpan(0, key.Length).SequenceEqual(key))
            {
                return slot;
            }
        }

        return None;
    }

    /// <summary>The first slot in the bucket of a hash.</summary>
    public int FirstOf(ulong hash) => _buckets[Bucket(hash)];

    /// <summary>From a slot on in its bucket, the next one with a hash.</summary>
    public int NextWith(ulong hash, int slot)
    {
        while (slot != None && _slots[slot].Hash != hash)
        {
            slot = _slots[slot].Next;
        }

        return slot;
    }

    /// <summary>From a slot on in its bucket, that of a key in two parts.</summary>
    public int NextOf(ulong hash, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> rest, int slot)
    {
        for (slot = NextWith(hash, slot); slot != None && !_slots[slot].IsOf(prefix, rest); slot = NextWith(hash, _slots[slot].Next))
        {
        }

        return slot;
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
        var slot = Take();
        ref var bucket = ref _buckets[Bucket(hash)];
        _slots[slot] = new()
        {
            Data = data,
            KeyLength = checked((ushort)keyLength),
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

    // The shard took the lowest bits of the hash.
    private int Bucket(ulong hash) => (int)((uint)(hash >> 32) & (uint)(_buckets.Length - 1));

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
