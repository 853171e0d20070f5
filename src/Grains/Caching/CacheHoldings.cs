namespace Armature.Caching;

/// <summary>
/// The partitions that this silo owns, and how they come and go: entries first, in messages, then the ownership with the partition's
/// grain. Ownership that comes without its entries, or with other entries than were sent for it, is cold. Thread-safe.
/// </summary>
internal sealed class CacheHoldings(CacheState state, NamedCaches caches, TimeProvider time)
{
    // Numbers of writes that are lost begin again above all that were given: no partition has more writes in a millisecond.
    private const int WritesInOneMillisecondBits = 20;

    private readonly PartitionTable _partitions = state.Partitions;
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly CacheDeparture?[] _departures = new CacheDeparture?[CacheLimits.Partitions];
    private readonly CacheArrival?[] _arrivals = new CacheArrival?[CacheLimits.Partitions];
    private PartitionSet _leftovers; // Their entries are still here, for nobody.
    private bool _isLeaving;

    /// <summary>The partitions that this silo answers for.</summary>
    public IReadOnlyList<int> Held => [.. _partitions.Held];

    /// <summary>Takes no more entries, and leaves those of partitions that go where they are: the silo stops.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _isLeaving = true;
        }
    }

    /// <summary>Lets this silo answer for a partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="handover">What came with it from another silo; null when nobody had it.</param>
    /// <returns>True when its entries came too.</returns>
    public bool Hold(int partition, CacheHandover? handover)
    {
        var cold = time.GetUtcNow().ToUnixTimeMilliseconds() << WritesInOneMillisecondBits;
        lock (_lock)
        {
            var arrival = _arrivals[partition];
            _arrivals[partition] = null;
            var isWarm = handover is not null && handover.Id == arrival?.Handover;
            if (!isWarm && (arrival is not null || _leftovers.Contains(partition)))
            {
                Drop(partition);
            }

            _partitions.Hold(partition, isWarm ? handover!.Version : Math.Max(cold, handover?.Version ?? 0));
            return isWarm;
        }
    }

    /// <summary>Ends that this silo answers for a partition, and drops its entries.</summary>
    /// <returns>What goes with it when it moves to another silo that has its entries; null when it does not.</returns>
    public CacheHandover? Release(int partition)
    {
        lock (_lock)
        {
            var departure = _departures[partition];
            _departures[partition] = null;
            if (!_partitions.TryChange(partition, PartitionState.Moving, PartitionState.NotHeld))
            {
                _partitions.TryChange(partition, PartitionState.Held, PartitionState.NotHeld);
            }

            if (_isLeaving)
            {
                _leftovers.Add(partition);
            }
            else
            {
                Drop(partition);
            }

            state.EndLoads(partition);
            departure?.Leave();
            return departure?.Handover;
        }
    }

    /// <summary>Ends that this silo answers for a partition, to hand it over; null when it does not hold it.</summary>
    public CacheDeparture? Depart(int partition)
    {
        lock (_lock)
        {
            if (!_partitions.TryChange(partition, PartitionState.Held, PartitionState.Moving))
            {
                return null;
            }

            state.EndLoads(partition);
            return _departures[partition] = new(partition, new(Guid.NewGuid(), _partitions.VersionOf(partition)));
        }
    }

    /// <summary>The entries of a partition that leaves. Those that barriers stop stay behind: no write is under way any more, so the barriers need not go with them.</summary>
    public IEnumerable<CacheCargo> Pack(CacheDeparture departure)
    {
        // Taken first: what a barrier stops that is forgotten by now is not in the stores any more.
        var barriers = state.Barriers.FreezeOf(departure.Partition);
        var entries = caches.Stores.SelectMany(store => store.Export(departure.Partition)).Where(entry => !barriers.Stop(entry));
        return CacheCargo.Pack(departure.Partition, departure.Handover.Id, [.. entries]);
    }

    /// <summary>True while a partition leaves under this handover.</summary>
    public bool IsLeaving(int partition, CacheHandover handover)
    {
        lock (_lock)
        {
            return _departures[partition]?.Handover == handover;
        }
    }

    /// <summary>Lets this silo answer again for a partition that could not be handed over; nothing when it has left after all.</summary>
    public void Stay(CacheDeparture departure)
    {
        lock (_lock)
        {
            if (_departures[departure.Partition] == departure)
            {
                _departures[departure.Partition] = null;
                _partitions.TryChange(departure.Partition, PartitionState.Moving, PartitionState.Held);
            }
        }
    }

    /// <summary>Takes entries of a partition whose ownership is to follow.</summary>
    /// <returns>False when they are not wanted here.</returns>
    public bool Receive(CacheCargo cargo)
    {
        lock (_lock)
        {
            if (_isLeaving || !_partitions.IsNotHeld(cargo.Partition) || !IsNext(cargo))
            {
                return false;
            }

            foreach (var entry in cargo.Unpack())
            {
                var cache = caches.Of(entry.Key);
                cache.Store.Restore(cache.Number, entry.Key, entry, cache.Store.Now);
            }

            return true;
        }
    }

    /// <summary>Drops entries whose ownership has not followed them for a while.</summary>
    public void DropStranded(TimeSpan patience)
    {
        lock (_lock)
        {
            for (var partition = 0; partition < CacheLimits.Partitions; partition++)
            {
                if (_arrivals[partition] is { } arrival && time.GetElapsedTime(arrival.Since) >= patience)
                {
                    _arrivals[partition] = null;
                    Drop(partition);
                }
            }
        }
    }

    private bool IsNext(CacheCargo cargo)
    {
        ref var arrival = ref _arrivals[cargo.Partition];
        if (cargo.Number > 0)
        {
            return arrival is not null && arrival.Handover == cargo.Handover && arrival.TryCount(cargo.Number);
        }

        if (arrival is not null)
        {
            Drop(cargo.Partition);
        }

        arrival = new(cargo.Handover, time.GetTimestamp());
        return true;
    }

    private void Drop(int partition)
    {
        _leftovers.Remove(partition);
        state.Barriers.Drop(partition);
        foreach (var store in caches.Stores)
        {
            store.Drop(partition);
        }
    }
}
