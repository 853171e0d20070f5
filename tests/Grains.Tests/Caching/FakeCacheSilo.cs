using Armature.Clustering;
using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Caching;

/// <summary>One silo of a <see cref="FakeCacheCluster"/>: the real cache, and the cluster as it sees it.</summary>
internal sealed class FakeCacheSilo : ICacheSilos
{
    private readonly FakeCacheCluster _cluster;
    private readonly MembershipLease _lease;
    private readonly TimeProvider _time;

    public FakeCacheSilo(FakeCacheCluster cluster, SiloAddress address, TimeProvider time)
    {
        _cluster = cluster;
        _time = time;
        _lease = new(new MembershipOptions(), time);
        Address = address;
        var options = new ArmatureOptions();
        var changes = new ChangeLog(time);
        var caches = new NamedCaches(Options.Create(options), changes, time);
        var state = new CacheState(new(), new(), new(LoadLimits.From(options.Caching), time), new(1_000, time), changes);
        Sweep = new(caches, state.Barriers, state.Partitions);
        Holdings = new(state, caches, time);
        Node = new(caches, state, Sweep, _lease, time);
        Mover = new(Holdings, this, _lease, time);
        Router = new(Node, this, new(this), time);
    }

    public SiloAddress Address { get; }

    public CacheHoldings Holdings { get; }

    public CacheNode Node { get; }

    public BarrierSweep Sweep { get; }

    public PartitionMover Mover { get; }

    public CacheRouter Router { get; }

    public SiloAddress Local => Address;

    public IReadOnlyList<SiloAddress> Active => _cluster.Leaving.Without([.. _cluster.Living.Select(silo => silo.Address)]);

    public void Renew() => _lease.Begin(LeaseTime.Now(_time));

    public async Task<CacheServiceReply> CallAsync(SiloAddress silo, CacheRequest request, int room, CancellationToken cancellationToken)
    {
        var answer = await _cluster.Find(silo).Node.AnswerAsync(request, room, cancellationToken);
        return new(answer.Answer.ToReply(), answer.Asked);
    }

    public Task<CacheChanges> ReadChangesAsync(SiloAddress silo, long? since, CancellationToken cancellationToken) =>
        Task.FromResult(_cluster.Find(silo).Node.ReadChanges(since, silo));

    public Task<SiloAddress> LocateAsync(int partition, CancellationToken cancellationToken) => Task.FromResult(_cluster.Locate(partition));

    public Task<bool> SendAsync(SiloAddress silo, CacheCargo cargo, CancellationToken cancellationToken) =>
        Task.FromResult(_cluster.Find(silo).Holdings.Receive(cargo));

    public Task MoveAsync(int partition, SiloAddress target, CacheHandover handover, CancellationToken cancellationToken)
    {
        _cluster.Move(partition, target, handover);
        return Task.CompletedTask;
    }

    public Task TellLeavingAsync(CancellationToken cancellationToken)
    {
        _cluster.Leaving.Add(Address);
        return Task.CompletedTask;
    }

    public Task<CacheSiloStatistics> DescribeAsync(SiloAddress silo, CancellationToken cancellationToken) => throw new NotSupportedException();
}
