using System.Runtime.InteropServices;

namespace Armature.Validation.Files;

/// <summary>
/// The keys of a chunk as bytes: for each of the 256 partitions how many it has (four bytes), then the entries of the first partition,
/// of the second, and so on, within one in the order of the records.
/// </summary>
internal static class PackedKeys
{
    /// <summary>Bytes of the counts.</summary>
    public const int CountsBytes = KeyEntry.Partitions * sizeof(int);

    public static byte[] Pack(ReadOnlySpan<KeyEntry> entries)
    {
        var packed = GC.AllocateUninitializedArray<byte>(CountsBytes + (entries.Length * KeyEntry.Size));
        var counts = MemoryMarshal.Cast<byte, int>(packed.AsSpan(0, CountsBytes));
        counts.Clear();
        foreach (ref readonly var entry in entries)
        {
            counts[entry.Partition]++;
        }

        Span<int> next = stackalloc int[KeyEntry.Partitions];
        for (var i = 1; i < next.Length; i++)
        {
            next[i] = next[i - 1] + counts[i - 1];
        }

        var sorted = MemoryMarshal.Cast<byte, KeyEntry>(packed.AsSpan(CountsBytes));
        foreach (ref readonly var entry in entries)
        {
            sorted[next[entry.Partition]++] = entry;
        }

        return packed;
    }

    /// <summary>How many entries each partition has.</summary>
    public static ReadOnlySpan<int> CountsOf(ReadOnlySpan<byte> packed) => MemoryMarshal.Cast<byte, int>(packed[..CountsBytes]);

    /// <summary>The bytes of all entries, partition after partition.</summary>
    public static ReadOnlySpan<byte> EntriesOf(ReadOnlySpan<byte> packed) => packed[CountsBytes..];
}
