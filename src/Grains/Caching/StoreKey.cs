namespace Armature.Caching;

/// <summary>A key as a <see cref="CacheStore"/> knows it, and its hash, which is taken once.</summary>
/// <param name="bytes">The cache's name, a zero, and the key, in UTF-8.</param>
/// <param name="hash">Their hash.</param>
internal readonly ref struct StoreKey(ReadOnlySpan<byte> bytes, ulong hash)
{
    public StoreKey(ReadOnlySpan<byte> bytes)
        : this(bytes, CacheHash.Of(bytes))
    {
    }

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public ulong Hash { get; } = hash;

    /// <summary>The partition, by the highest bits; the store has the others.</summary>
    public int Partition => CacheHash.PartitionOf(Hash);

    /// <summary>The part of a key's bytes that is the same for all keys of its cache.</summary>
    public static ReadOnlySpan<byte> PrefixOf(ReadOnlySpan<byte> bytes) => bytes[..(bytes.IndexOf((byte)0) + 1)];

    public static implicit operator StoreKey(ReadOnlySpan<byte> bytes) => new(bytes);

    public static implicit operator StoreKey(byte[] bytes) => new(bytes);
}
