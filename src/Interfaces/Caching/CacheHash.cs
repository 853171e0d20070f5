using System.IO.Hashing;

namespace Armature.Caching;

/// <summary>
/// The hash of a key, as all silos and clients take it: XXH3 of the cache's name, a zero and the key, in UTF-8. Part of the contract
/// between them: it never changes.
/// </summary>
public static class CacheHash
{
    /// <summary>Slots by which changes of keys are told: 65,536.</summary>
    public const int Slots = 1 << 16;

    /// <summary>The hash of a cache's name, a zero and a key.</summary>
    public static ulong Of(ReadOnlySpan<byte> storeKey) => XxHash3.HashToUInt64(storeKey);

    /// <summary>The partition of a hash: its highest 8 bits.</summary>
    public static int PartitionOf(ulong hash) => (int)(hash >> 56);

    /// <summary>The slot of a hash: its lowest 16 bits.</summary>
    public static ushort SlotOf(ulong hash) => (ushort)hash;
}
