namespace Armature.Caching;

// What is counted.
internal sealed partial class CacheShard
{
    // Guarded by _lock.
    private readonly CacheTallies _tallies = new();
    private long _hits;
    private long _misses;
    private long _evicted;
    private long _expired;

    public CacheStatistics Statistics
    {
        get
        {
            lock (_lock)
            {
                return new(_table.Count, _policy.Weight, _hits, _misses, _evicted, _expired);
            }
        }
    }

    /// <summary>What is counted of a cache.</summary>
    public CacheTally TallyOf(int cache)
    {
        lock (_lock)
        {
            return _tallies[cache];
        }
    }

    private void OnEvicted(int cache)
    {
        _evicted++;
        _tallies.OnEvicted(cache);
    }
}
