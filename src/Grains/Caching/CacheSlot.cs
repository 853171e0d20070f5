using System.Runtime.InteropServices;

namespace Armature.Caching;

/// <summary>One entry in a <see cref="SlotTable"/>. Its links are numbers of slots, -1 where there is none: a million entries are few objects.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct CacheSlot
{
    private const int RegionBits = 2;
    private const int RegionMask = (1 << RegionBits) - 1;

    /// <summary>The key, behind it the value, and behind that the tags; never changed once it is here. Null when the slot is free.</summary>
    public byte[]? Data;

    public ushort KeyLength;

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

    // A field more would make every slot eight bytes larger.
    private ushort _regionAndCache;

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

    /// <summary>Whether the key is one that is given in two parts.</summary>
    public readonly bool IsOf(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> rest) =>
        KeyLength == prefix.Length + rest.Length
        && Data.AsSpan(prefix.Length, rest.Length).SequenceEqual(rest)
        && Data.AsSpan(0, prefix.Length).SequenceEqual(prefix);
}
