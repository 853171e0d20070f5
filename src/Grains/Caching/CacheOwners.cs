using System.Buffers.Binary;
using System.IO.Hashing;
using Orleans.Runtime;

namespace Armature.Caching;

/// <summary>
/// Whose a partition is, by nothing but the silos there are: the one with the highest hash of both (rendezvous hashing, Thaler and
/// Ravishankar 1998). A silo that comes takes its share from all others, one that goes leaves its own to all others, and nothing else moves.
/// </summary>
internal static class CacheOwners
{
    /// <summary>The owner among silos, of which there is at least one.</summary>
    public static SiloAddress Find(int partition, IEnumerable<SiloAddress> silos) =>
        silos.MaxBy(silo => (Score(partition, silo), silo))!;

    private static ulong Score(int partition, SiloAddress silo)
    {
        Span<byte> pair = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(pair, silo.GetConsistentHashCode());
        BinaryPrimitives.WriteInt32LittleEndian(pair[4..], partition);
        return XxHash3.HashToUInt64(pair);
    }
}
