using CsCheck;

namespace Armature.Validation.Files;

/// <summary>Keys come back by partition in the order in which they were added, whether they were held or spilled.</summary>
public sealed class KeySpoolTests
{
    private static readonly Gen<KeyEntry[]> GenChunk = Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong).Select(static (low, high, position) => new KeyEntry(low, high, position)).Array[0, 30];

    [Fact]
    public Task Read_AnyChunksHeldOrSpilled_GivesEachPartitionInOrder() => Gen.Select(GenChunk.Array[0, 10], Gen.Long[0, 2_000]).SampleAsync(
        static async (chunks, maxHeldBytes) =>
        {
            await using var spool = new KeySpool(maxHeldBytes);
            foreach (var chunk in chunks)
            {
                spool.Add(chunk);
            }

            spool.Count.ShouldBe(chunks.Sum(static chunk => chunk.Length));
            for (var partition = 0; partition < KeyEntry.Partitions; partition++)
            {
                var expected = chunks.SelectMany(static chunk => chunk).Where(entry => entry.Partition == partition).ToArray();
                var read = new KeyEntry[spool.CountOf(partition)];
                spool.Read(partition, read);
                read.ShouldBe(expected);
            }
        },
        iter: 60);

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(3_000_000)]
    public async Task Read_ChunksLargerThanABlock_GivesEachPartitionInOrder(long maxHeldBytes)
    {
        var random = new Random(1);
        KeyEntry[][] chunks = [.. new[] { 10, 60_000, 1, 0, 30_000, 100_000, 5 }.Select(count => Enumerable.Range(0, count).Select(i => new KeyEntry(0, (ulong)random.NextInt64() << 1, (ulong)i)).ToArray())];
        await using var spool = new KeySpool(maxHeldBytes);
        foreach (var chunk in chunks)
        {
            spool.Add(chunk);
        }

        foreach (var partition in new[] { 0, 1, 128, 255 })
        {
            var read = new KeyEntry[spool.CountOf(partition)];
            spool.Read(partition, read);
            read.ShouldBe(chunks.SelectMany(static chunk => chunk).Where(entry => entry.Partition == partition));
        }
    }
}
