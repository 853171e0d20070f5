using System.Runtime.CompilerServices;

namespace Armature.Caching;

/// <summary>Some of the partitions.</summary>
internal struct PartitionSet
{
    private const int WordBits = 6;

    private Words _words;

    public readonly bool IsEmpty => !((ReadOnlySpan<ulong>)_words).ContainsAnyExcept(0UL);

    public readonly bool Contains(int partition) => (_words[partition >> WordBits] & BitOf(partition)) != 0;

    public void Add(int partition) => _words[partition >> WordBits] |= BitOf(partition);

    public void Remove(int partition) => _words[partition >> WordBits] &= ~BitOf(partition);

    private static ulong BitOf(int partition) => 1UL << partition;

    [InlineArray(CacheLimits.Partitions >> WordBits)]
    private struct Words
    {
        private ulong _first;
    }
}
