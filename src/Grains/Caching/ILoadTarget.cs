namespace Armature.Caching;

/// <summary>The partition of a cache that a load is for. Asked while a lease is held still: it waits for nothing, and asks no lease.</summary>
internal interface ILoadTarget
{
    /// <summary>What the store's keys of the cache begin with.</summary>
    byte[] Prefix { get; }

    int Partition { get; }

    /// <summary>Reads an entry that has come meanwhile, or one that has expired and is to be given while nobody is asked to make it anew.</summary>
    bool TryRead(ReadOnlySpan<byte> key, out CachedValue found);

    /// <summary>The number of the next write.</summary>
    long NextVersion();
}
