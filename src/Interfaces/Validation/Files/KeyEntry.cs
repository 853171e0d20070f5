using System.Runtime.InteropServices;

namespace Armature.Validation.Files;

/// <summary>
/// A key of a record: 24 bytes. The hash has 128 bits, so that two different keys in a file of a billion are taken for one with a
/// chance below 1e-20 (n squared by 2 to the 129th); it is seeded anew for each run.
/// </summary>
/// <param name="HashLow">The lower half of the hash.</param>
/// <param name="HashHigh">The upper half. Its highest eight bits are the partition.</param>
/// <param name="Position">Where the key is: from the highest bit, 32 of the chunk, 23 of the record in it, 1 for a record that is bad already, 8 of the set of keys. So the order of positions is that of the file.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct KeyEntry(ulong HashLow, ulong HashHigh, ulong Position)
{
    /// <summary>Bytes of an entry.</summary>
    public const int Size = 24;

    /// <summary>Parts that keys are divided into by their hash.</summary>
    public const int Partitions = 256;

    /// <summary>The most sets of keys.</summary>
    public const int MaxSets = 256;

    /// <summary>The most records of a chunk that positions can tell apart: 8,388,608, so a chunk of that many bytes always fits.</summary>
    public const int MaxRecords = 1 << 23;

    public int Partition => (int)(HashHigh >> 56);

    public static ulong PositionOf(int chunk, int record, bool isBad, int set) =>
        ((ulong)(uint)chunk << 32) | ((ulong)(uint)record << 9) | (isBad ? 0x100UL : 0) | (uint)set;

    public static int ChunkOf(ulong position) => (int)(position >> 32);

    public static int RecordOf(ulong position) => (int)(position >> 9) & (MaxRecords - 1);

    public static bool IsBad(ulong position) => (position & 0x100) != 0;

    public static int SetOf(ulong position) => (int)(position & 0xFF);
}
