using System.Collections;

namespace Armature.Caching;

/// <summary>An answer with raw values as the caller reads it: entries are made when they are asked for, and nothing is copied.</summary>
internal sealed class RawEntries(CacheReply reply) : IReadOnlyList<CacheEntry<ReadOnlyMemory<byte>>>
{
    private readonly CacheOutcome[] _outcomes = reply.Outcomes;
    private readonly PackedValues _values = reply.Values!;

    public int Count => _outcomes.Length;

    public CacheEntry<ReadOnlyMemory<byte>> this[int index] => _outcomes[index] == CacheOutcome.Done ? new(_values[index]) : default;

    public IEnumerator<CacheEntry<ReadOnlyMemory<byte>>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
