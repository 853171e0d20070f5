using System.Runtime.InteropServices;

namespace Armature.Caching;

/// <summary>One entry in a <see cref="SlotTable"/>. Its links are numbers of slots, -1 where there is none: a million entries are few objects.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct CacheSlot
{
    private const int RegionBits = 2;
    private const int RegionMask = (1 << RegionBits) - 1;
    private const int UsesBits = 4;
    private const int KeyLengthBits = 16 - UsesBits;
    private const int AllUses = MaxUses << KeyLengthBits;

    /// <summary>Uses that are counted; more are no more.</summary>
    public const int MaxUses = (1 << UsesBits) - 1;

    /// <summary>Bytes of the longest key: more than there are in any that is allowed.</summary>
    public const int MaxKeyLength = (1 << KeyLengthBits) - 1;

    /// <summary>The key, behind it the value, and behind that the tags; never changed once it is here. Null when the slot is free.</summary>
    public byte[]? Data;

    public ulong Hash;

    public long Version;

    /// <summary>On the cache's clock, in milliseconds; <see cref="CacheTime.Never"/> for an entry that does not expire.</summary>
    public long ExpiresAt;

    /// <summary>What a read moves the expiry to, in milliseconds from then; 0 for an expiry that stays.</summary>
    public long Sliding;

    /// <summary>How long it is kept once it has expired.</summary>
    public int StaleSeconds;

    /// <summary>The next slot of the same bucket; of a free slot the next free one.</summary>
    public int Next;

    public int Older;

    public int Newer;

    public int TimerPrevious;

    public int TimerNext;

    public short TimerBucket;

    public ushort TagsLength;

    // Two in one, twice: a field more would make every slot eight bytes larger.
    private ushort _regionAndCache;
    private ushort _usesAndKeyLength;

    /// <summary>Up to <see cref="MaxKeyLength"/>. Set before uses are counted.</summary>
    public int KeyLength
    {
        readonly get => _usesAndKeyLength & MaxKeyLength;
        set => _usesAndKeyLength = (ushort)value;
    }

    /// <summary>How often it was asked for while that was not counted in a <see cref="FrequencySketch"/>, which it is once room is short.</summary>
    public readonly int Uses => _usesAndKeyLength >> KeyLengthBits;

    /// <summary>The number of its cache, up to 16,383.</summary>
    public int Cache
    {
        readonly get => _regionAndCache >> RegionBits;
        set => _regionAndCache = (ushort)((value << RegionBits) | (_regionAndCache & RegionMask));
    }

    public CacheRegion Region
    {
        readonly get => (CacheRegion)(_regionAndCache & RegionMask);
        set => _regionAndCache = (ushort)((_regionAndCache & ~RegionMask) | (int)value);
    }

    /// <summary>When it goes, on the cache's clock: it may be kept once it has expired, and is then there for nobody who does not ask for it.</summary>
    public readonly long KeptUntil => CacheTime.After(ExpiresAt, StaleSeconds * 1_000L);

    /// <summary>What an entry weighs: its bytes, and about what slot, index and array header cost (measured by the suite <c>cache</c>).</summary>
    public readonly int Weight => Data!.Length + SlotTable.EntryOverhead;

    /// <summary>Whether it is the entry of a key; a free slot is that of none.</summary>
    public readonly bool IsOf(ulong hash, ReadOnlySpan<byte> key) =>
        Hash == hash && KeyLength == key.Length && Data.AsSpan(0, key.Length).SequenceEqual(key);

    public void CountUse()
    {
        if (_usesAndKeyLength < AllUses)
        {
            _usesAndKeyLength += 1 << KeyLengthBits;
        }
    }
}
