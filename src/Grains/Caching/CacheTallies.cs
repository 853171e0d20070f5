namespace Armature.Caching;

/// <summary>Counts by the number of a cache. Not thread-safe.</summary>
internal sealed class CacheTallies
{
    private CacheTally[] _tallies = new CacheTally[1];

    public CacheTally this[int cache] => cache < _tallies.Length ? _tallies[cache] : default;

    public void OnAdded(int cache, int weight)
    {
        if (cache >= _tallies.Length)
        {
            Array.Resize(ref _tallies, cache + 1);
        }

        ref var tally = ref _tallies[cache];
        tally.Entries++;
        tally.Bytes += weight;
    }

    public void OnRemoved(int cache, int weight)
    {
        ref var tally = ref _tallies[cache];
        tally.Entries--;
        tally.Bytes -= weight;
    }

    public void OnReplaced(int cache, int weightBefore, int weight) => _tallies[cache].Bytes += weight - weightBefore;

    /// <summary>An entry has to go; that it is removed is counted besides.</summary>
    public void OnEvicted(int cache)
    {
        if (cache >= _tallies.Length)
        {
            Array.Resize(ref _tallies, cache + 1);
        }

        _tallies[cache].Evicted++;
    }
}
