using Armature.Caching.Tier;
using Armature.Clustering;
using Armature.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

/// <summary>The cache of one silo that holds all partitions, without a silo.</summary>
internal sealed class NodeRig : IDisposable
{
    /// <summary>Makes one.</summary>
    /// <param name="tier">What lies behind its memory, given the clock; null for nothing.</param>
    public NodeRig(Func<TimeProvider, ICacheTier>? tier = null)
    {
        var changes = new ChangeLog(Time);
        var caches = new NamedCaches(Options.Create(new ArmatureOptions()), changes, Time);
        Caches = caches;
        Store = caches.Stores[0];
        Loads = new(new(MaxLeases: 1_000, MaxWaiting: 1_000, TimeSpan.FromSeconds(30)), Time);
        Pauses = new(1_000, Time);
        Sweep = new(caches, Barriers, Partitions);
        var lease = new MembershipLease(new MembershipOptions(), new FakeTimeProvider());
        lease.Begin(LeaseTime.Now(Time));
        var state = new CacheState(Partitions, Barriers, Loads, Pauses, changes);
        State = state;
        Tier = tier is null
            ? null
            : new(tier(Time), new AloneSilos(), caches, state, lease, new(TimeSpan.FromSeconds(1), MaxUnsavedKeys: 1_000), Time, NullLoggerFactory.Instance);
        Node = new(caches, state, Sweep, lease, Time, Tier);
        Holdings = new(state, caches, Time);
        for (var partition = 0; partition < CacheLimits.Partitions; partition++)
        {
            Holdings.Hold(partition, null);

            // It opens at once: nothing in a test's tier waits.
            Tier?.TakeAsync(partition, CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
        }
    }

    public FakeTimeProvider Time { get; } = new();

    public NamedCaches Caches { get; }

    public CacheStore Store { get; }

    public CacheState State { get; }

    public PartitionTable Partitions { get; } = new();

    public CacheBarriers Barriers { get; } = new();

    public LoadLeases Loads { get; }

    public LoadPauses Pauses { get; }

    public BarrierSweep Sweep { get; }

    public SiloTier? Tier { get; }

    public CacheNode Node { get; }

    public CacheHoldings Holdings { get; }

    public CacheReply Ask(CacheRequest request) => Node.Answer(request, long.MaxValue).Answer.ToReply();

    public CacheOutcome AskOne(CacheRequest request) => Ask(request).Outcomes.Single();

    public void Dispose()
    {
        Tier?.Dispose();
        Partitions.Dispose();
    }
}
