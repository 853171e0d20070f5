using System.Diagnostics.CodeAnalysis;
using System.Net;
using Armature.Caching.Tier;

namespace Armature.Caching;

/// <summary>Silos without a network: their caches, and one truth about who lives and where the partitions' grains are.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore that is only awaited holds nothing to dispose of.")]
internal sealed class FakeCacheCluster(TimeProvider time, FakeCacheTier? tier = null)
{
    private readonly SemaphoreSlim _locating = new(1);
    private readonly Dictionary<SiloAddress, FakeCacheSilo> _living = [];
    private readonly Dictionary<int, SiloAddress> _grains = [];
    private int _started;

    public IReadOnlyList<FakeCacheSilo> Living => [.. _living.Values];

    public LeavingSilos Leaving { get; } = new();

    public static int PartitionOf(string key)
    {
        StoreKey storeKey = System.Text.Encoding.UTF8.GetBytes($"{CacheRequests.Cache}\0{key}");
        return storeKey.Partition;
    }

    public FakeCacheSilo Join()
    {
        var silo = new FakeCacheSilo(this, SiloAddress.New(IPAddress.Loopback, 11_111, ++_started), time, tier);
        silo.Renew();
        _living.Add(silo.Address, silo);
        return silo;
    }

    /// <summary>Lets all silos that live move what is not theirs.</summary>
    public async Task SettleAsync()
    {
        foreach (var silo in Living)
        {
            await silo.Mover.MoveAsync(CancellationToken.None);
        }
    }

    public async Task LeaveAsync(FakeCacheSilo silo)
    {
        silo.Holdings.Leave();
        silo.Tier?.Witness.Close();
        Leaving.Add(silo.Address);
        await silo.Mover.MoveAsync(CancellationToken.None);
        Bury(silo);
    }

    /// <summary>The others declare a silo dead; whether it is, it does not matter to them.</summary>
    /// <returns>The partitions that it had.</returns>
    public IReadOnlyList<int> Bury(FakeCacheSilo silo)
    {
        int[] lost = [.. _grains.Where(grain => grain.Value.Equals(silo.Address)).Select(grain => grain.Key)];
        _living.Remove(silo.Address);
        Array.ForEach(lost, partition => _grains.Remove(partition));
        return lost;
    }

    public FakeCacheSilo Find(SiloAddress address) =>
        _living.TryGetValue(address, out var silo) ? silo : throw new SiloUnavailableException($"{address} is dead.");

    /// <summary>How often somebody asked where a partition is.</summary>
    public int Located { get; private set; }

    public async Task<SiloAddress> LocateAsync(int partition)
    {
        Located++;
        await _locating.WaitAsync();
        try
        {
            if (!_grains.TryGetValue(partition, out var address))
            {
                _grains[partition] = address = CacheOwners.Find(partition, Leaving.Without([.. _living.Keys]));
                await Find(address).ActivateAsync(partition, handover: null);
            }

            return address;
        }
        finally
        {
            _locating.Release();
        }
    }

    public async Task MoveAsync(int partition, SiloAddress target, CacheHandover handover)
    {
        await _locating.WaitAsync();
        try
        {
            var source = Find(_grains[partition]);
            if (source.Holdings.IsLeaving(partition, handover))
            {
                var released = await source.DeactivateAsync(partition, target);
                _grains[partition] = target;
                await Find(target).ActivateAsync(partition, released);
            }
        }
        finally
        {
            _locating.Release();
        }
    }
}
