using System.Runtime.CompilerServices;

namespace Armature.Caching;

/// <summary>Keys of one cache that are read together.</summary>
/// <param name="reads">One for each, in the request's order.</param>
/// <param name="places">Room for as many places.</param>
/// <param name="bytes">The keys as the store knows them: the cache's prefix, and the key.</param>
internal readonly ref struct KeyReads(Span<KeyRead> reads, Span<int> places, ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public Span<KeyRead> All { get; } = reads;

    /// <summary>The places of all reads, those of a shard together and in order; once they are grouped.</summary>
    public Span<int> Grouped { get; } = places;

    public ReadOnlySpan<byte> BytesOf(in KeyRead read) => _bytes.Slice(read.Start, read.Length);

    public StoreKey KeyOf(in KeyRead read) => new(BytesOf(read), read.Hash);

    /// <summary>Groups the reads by shard.</summary>
    /// <returns>Where those of each shard end.</returns>
    public ShardEnds Group(int shards)
    {
        var ends = new ShardEnds();
        foreach (ref var read in All)
        {
            ends[CacheStore.ShardOf(read.Hash, shards)]++;
        }

        for (var shard = 1; shard < shards; shard++)
        {
            ends[shard] += ends[shard - 1];
        }

        var next = ends;
        for (var i = All.Length - 1; i >= 0; i--)
        {
            Grouped[--next[CacheStore.ShardOf(All[i].Hash, shards)]] = i;
        }

        return ends;
    }

    /// <summary>A number for each shard.</summary>
    [InlineArray(CacheStore.MaxShards)]
    public struct ShardEnds
    {
        private int _first;
    }
}
