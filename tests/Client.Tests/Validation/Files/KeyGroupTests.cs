using CsCheck;

namespace Armature.Validation.Files;

/// <summary>Groups have all partitions once and in order, as many of them together as may be, and their keys as the spool has them.</summary>
public sealed class KeyGroupTests
{
    // Keys of some partitions, more of some than a group takes.
    private static readonly Gen<int[]> GenCounts = Gen.Frequency((8, Gen.Int[0, 100]), (1, Gen.Const(KeyGroup.MaxKeys)), (1, Gen.Int[KeyGroup.MaxKeys - 5, KeyGroup.MaxKeys + 5])).Array[0, 20];

    [Fact]
    public Task Of_AnyKeys_HasAllPartitionsTogether() => GenCounts.SampleAsync(
        static async counts =>
        {
            await using var spool = new KeySpool();
            spool.Add([.. counts.SelectMany((count, i) => Enumerable.Range(0, count).Select(number => KeyOf(13 * i, number)))]);

            var groups = KeyGroup.Of(spool).ToArray();

            groups.SelectMany(static group => Enumerable.Range(group.First, group.Count)).ShouldBe(Enumerable.Range(0, KeyEntry.Partitions));
            groups.ShouldAllBe(static group => group.Keys <= KeyGroup.MaxKeys || group.Count == 1);
            groups.Zip(groups.Skip(1)).ShouldAllBe(pair => pair.First.Keys + spool.CountOf(pair.Second.First) > KeyGroup.MaxKeys);
            foreach (var group in groups)
            {
                var read = new KeyEntry[group.Keys];
                group.Read(spool, read);
                read.ShouldBe(Enumerable.Range(group.First, group.Count).SelectMany(partition => Read(spool, partition)));
            }
        },
        iter: 30);

    [Fact]
    public async Task Of_NoKeys_IsOneGroup()
    {
        await using var spool = new KeySpool();

        KeyGroup.Of(spool).ShouldBe([new KeyGroup(0, KeyEntry.Partitions, 0)]);
    }

    private static KeyEntry KeyOf(int partition, int number) => new((ulong)number, (ulong)partition << 56, (ulong)number);

    private static KeyEntry[] Read(KeySpool spool, int partition)
    {
        var keys = new KeyEntry[spool.CountOf(partition)];
        spool.Read(partition, keys);
        return keys;
    }
}
