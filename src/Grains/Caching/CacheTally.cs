namespace Armature.Caching;

/// <summary>What is counted of one cache in a store that it may share with others.</summary>
/// <param name="Entries">Its entries.</param>
/// <param name="Bytes">What they weigh.</param>
/// <param name="Evicted">Entries of it that had to go for others.</param>
internal record struct CacheTally(long Entries, long Bytes, long Evicted)
{
    public static CacheTally operator +(CacheTally left, CacheTally right) =>
        new(left.Entries + right.Entries, left.Bytes + right.Bytes, left.Evicted + right.Evicted);
}
