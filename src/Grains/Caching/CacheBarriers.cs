using System.Collections.Concurrent;

namespace Armature.Caching;

/// <summary>The barriers of all caches on this silo. Most caches have none, and then a read finds that out once for all its keys. Thread-safe.</summary>
internal sealed class CacheBarriers
{
    private readonly ConcurrentDictionary<byte[], PartitionBarriers[]> _caches = new(KeyComparer.Instance);
    private readonly Lock _writing = new();

    public bool IsEmpty => _caches.IsEmpty;

    /// <summary>How many stand, of all caches in all partitions.</summary>
    public int Count => _caches.Values.Sum(partitions => partitions.Sum(barriers => barriers.All.Length));

    /// <summary>The barriers of a cache, by partition; null when there are none.</summary>
    /// <param name="prefix">What the store's keys of the cache begin with.</param>
    public PartitionBarriers[]? Find(ReadOnlySpan<byte> prefix) =>
        !_caches.IsEmpty && _caches.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(prefix, out var found) ? found : null;

    /// <inheritdoc cref="PartitionBarriers.TryAdd"/>
    public bool TryAdd(byte[] prefix, int partition, CacheBarrier barrier)
    {
        lock (_writing)
        {
            if (!_caches.GetOrAdd(prefix, static _ => NewPartitions())[partition].TryAdd(barrier))
            {
                return false;
            }
        }

        CachingInstruments.OnDrawn();
        return true;
    }

    /// <summary>The barriers of a partition as they stand now.</summary>
    public FrozenBarriers FreezeOf(int partition) =>
        new(_caches.ToDictionary(cache => cache.Key, cache => cache.Value[partition].All, KeyComparer.Instance));

    /// <summary>The newest barrier of each cache in each partition that has some.</summary>
    public List<(byte[] Prefix, int Partition, long Version)> Newest() =>
    [
        .. from cache in _caches
           from partition in Enumerable.Range(0, CacheLimits.Partitions)
           let barriers = cache.Value[partition].All
           where barriers.Length > 0
           select (cache.Key, partition, barriers[^1].Version),
    ];

    /// <inheritdoc cref="PartitionBarriers.Forget"/>
    public void Forget(byte[] prefix, int partition, long version)
    {
        lock (_writing)
        {
            if (!_caches.TryGetValue(prefix, out var partitions))
            {
                return;
            }

            partitions[partition].Forget(version);
            if (Array.TrueForAll(partitions, barriers => barriers.All.Length == 0))
            {
                _caches.TryRemove(prefix, out _);
            }
        }
    }

    /// <summary>Forgets the barriers of a partition whose entries are gone.</summary>
    public void Drop(int partition)
    {
        foreach (var prefix in _caches.Keys)
        {
            Forget(prefix, partition, long.MaxValue);
        }
    }

    private static PartitionBarriers[] NewPartitions() => [.. Enumerable.Range(0, CacheLimits.Partitions).Select(_ => new PartitionBarriers())];
}
