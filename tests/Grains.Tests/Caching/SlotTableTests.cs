using CsCheck;

namespace Armature.Caching;

public sealed class SlotTableTests
{
    // Few buckets, few hashes, and keys that share them.
    private static Gen<(ulong Hash, byte[] Key)> GenKey { get; } =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1], Gen.Byte[0, 2].Array[1, 3], (bucket, high, key) => (((ulong)bucket << 32) | ((ulong)high << 63), key));

    [Fact]
    public void Find_AfterSeek_AnyKeysAlsoOfOneHash_FindsWhatFindAloneDoes() =>
        Gen.Select(GenKey.Array[0, 40], Gen.Bool.Array[40], GenKey.Array[0, 60], Gen.Int[0, 5].Array[60]).Sample((added, removed, asked, order) =>
        {
            var table = new SlotTable();
            foreach (var (hash, key) in added)
            {
                if (table.Find(hash, key) == SlotTable.None)
                {
                    table.Add(hash, [.. key, 7], key.Length);
                }
            }

            var (reads, bytes) = ReadsOf(asked);
            var places = Enumerable.Range(0, asked.Length).OrderBy(i => order[i]).ToArray();
            table.Seek(reads, places);
            Remove(table, added, removed);

            var keys = new KeyReads(reads, places, bytes);
            foreach (var i in places)
            {
                table.Find(reads[i], keys.BytesOf(reads[i])).ShouldBe(table.Find(asked[i].Hash, asked[i].Key));
            }
        });

    [Fact]
    public void Find_AnyKeys_FindsThoseThatAreThere() =>
        Gen.Select(GenKey.Array[0, 40], GenKey.Array[0, 60]).Sample((added, asked) =>
        {
            var table = new SlotTable();
            var model = new HashSet<(ulong, string)>();
            foreach (var (hash, key) in added.Where(added => model.Add((added.Hash, Convert.ToHexString(added.Key)))))
            {
                table.Add(hash, key, key.Length);
            }

            foreach (var (hash, key) in asked)
            {
                (table.Find(hash, key) != SlotTable.None).ShouldBe(model.Contains((hash, Convert.ToHexString(key))));
            }
        });

    [Fact]
    public void Group_AnyHashes_PutsThoseOfAShardTogetherInOrder() =>
        Gen.Select(Gen.ULong.Array[0, 100], Gen.Int[0, 4]).Sample((hashes, bits) =>
        {
            var (shards, places) = (1 << bits, new int[hashes.Length]);
            var keys = new KeyReads(Array.ConvertAll(hashes, hash => new KeyRead { Hash = hash }), places, []);

            var ends = keys.Group(shards);

            places.ShouldBe(Enumerable.Range(0, hashes.Length).OrderBy(i => CacheStore.ShardOf(hashes[i], shards)));
            for (var shard = 0; shard < shards; shard++)
            {
                ends[shard].ShouldBe(hashes.Count(hash => CacheStore.ShardOf(hash, shards) <= shard));
            }
        });

    private static void Remove(SlotTable table, (ulong Hash, byte[] Key)[] added, bool[] removed)
    {
        for (var i = 0; i < added.Length; i++)
        {
            if (removed[i] && table.Find(added[i].Hash, added[i].Key) is var slot && slot != SlotTable.None)
            {
                table.Remove(slot);
            }
        }
    }

    private static (KeyRead[] Reads, byte[] Bytes) ReadsOf((ulong Hash, byte[] Key)[] keys)
    {
        var (reads, start) = (new KeyRead[keys.Length], 0);
        for (var i = 0; i < keys.Length; i++)
        {
            reads[i] = new() { Place = i, Hash = keys[i].Hash, Start = start, Length = keys[i].Key.Length };
            start += keys[i].Key.Length;
        }

        return (reads, [.. keys.SelectMany(key => key.Key)]);
    }
}
