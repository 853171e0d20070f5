using System.Collections.Immutable;
using Armature.Caching.Tier;
using Armature.Clustering;
using Armature.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Armature.Caching;

/// <summary>One silo of a <see cref="FakeCacheCluster"/>: the real cache, and the cluster as it sees it.</summary>
internal sealed class FakeCacheSilo : ICacheSilos
{
    private readonly FakeCacheCluster _cluster;
    private readonly MembershipLease _lease;
    private readonly TimeProvider _time;

    public FakeCacheSilo(FakeCacheCluster cluster, SiloAddress address, TimeProvider time, FakeCacheTier? tier)
    {
        _cluster = cluster;
        _time = time;
        _lease = new(new MembershipOptions(), time);
        Address = address;
        var options = new ArmatureOptions();
        var changes = new ChangeLog(time);
        var caches = new NamedCaches(Options.Create(options), changes, time);
        Store = caches.Stores[0];
        var state = new CacheState(new(), new(), new(LoadLimits.From(options.Caching), time), new(1_000, time), changes);
        Sweep = new(caches, state.Barriers, state.Partitions);
        Holdings = new(state, caches, time);
        if (tier is not null)
        {
            TierAccess = new(tier);
            Tier = new(TierAccess, this, caches, state, _lease, new(TimeSpan.FromSeconds(1), MaxUnsavedKeys: 3), time, NullLoggerFactory.Instance);
        }

        Node = new(caches, state, Sweep, _lease, time, Tier);
        Mover = new(Holdings, this, _lease, time, Tier);
        Router = new(Node, this, new(this), time);
    }

    public SiloAddress Address { get; }

    /// <summary>True when it hears nothing of what others acknowledge without the tier.</summary>
    public bool IsDeaf { get; set; }

    public CacheStore Store { get; }

    public SiloTier? Tier { get; }

    public FakeTierAccess? TierAccess { get; }

    public CacheHoldings Holdings { get; }

    public CacheNode Node { get; }

    public BarrierSweep Sweep { get; }

    public PartitionMover Mover { get; }

    public CacheRouter Router { get; }

    public SiloAddress Local => Address;

    public IReadOnlyList<SiloAddress> Active => _cluster.Leaving.Without([.. _cluster.Living.Select(silo => silo.Address)]);

    /// <summary>The partition's grain is here now.</summary>
    public async Task ActivateAsync(int partition, CacheHandover? handover)
    {
        await (Tier?.TakeAsync(partition, CancellationToken.None) ?? Task.CompletedTask);
        Holdings.Hold(partition, handover);
    }

    /// <summary>The partition's grain is here no longer.</summary>
    public async Task<CacheHandover?> DeactivateAsync(int partition, SiloAddress target)
    {
        var released = Holdings.Release(partition);
        await (Tier?.GiveUpAsync(partition, target) ?? Task.CompletedTask);
        return released;
    }

    public void Renew() => _lease.Begin(LeaseTime.Now(_time));

    public async Task<CacheServiceReply> CallAsync(SiloAddress silo, CacheRequest request, int room, CancellationToken cancellationToken)
    {
        var answer = await _cluster.Find(silo).Node.AnswerAsync(request, room, cancellationToken);
        return answer.ToReply();
    }

    public Task<CacheChanges> ReadChangesAsync(SiloAddress silo, long? since, CancellationToken cancellationToken) =>
        Task.FromResult(_cluster.Find(silo).Node.ReadChanges(since, silo));

    public Task<SiloAddress> LocateAsync(int partition, CancellationToken cancellationToken) => _cluster.LocateAsync(partition);

    public Task<bool> SendAsync(SiloAddress silo, CacheCargo cargo, CancellationToken cancellationToken) =>
        Task.FromResult(_cluster.Find(silo).Holdings.Receive(cargo));

    public Task MoveAsync(int partition, SiloAddress target, CacheHandover handover, CancellationToken cancellationToken) =>
        _cluster.MoveAsync(partition, target, handover);

    public Task TellBehindAsync(SiloAddress silo, ImmutableArray<long> upTo, CancellationToken cancellationToken)
    {
        var told = _cluster.Find(silo);
        if (told.IsDeaf)
        {
            return Task.FromException(new TimeoutException("It does not answer."));
        }

        told.Tier!.Witness.Hear(upTo);
        return Task.CompletedTask;
    }

    public Task<bool> VouchAsync(SiloAddress silo, int partition, long epoch, CancellationToken cancellationToken) =>
        Task.FromResult(_cluster.Find(silo).Tier!.Witness.Vouches(partition, epoch));

    public Task TellLeavingAsync(CancellationToken cancellationToken)
    {
        _cluster.Leaving.Add(Address);
        return Task.CompletedTask;
    }

    public Task<CacheSiloStatistics> DescribeAsync(SiloAddress silo, CancellationToken cancellationToken) => throw new NotSupportedException();
}
