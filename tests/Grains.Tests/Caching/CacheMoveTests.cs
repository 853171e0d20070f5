using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Armature.Caching;

public sealed class CacheMoveTests
{
    private static readonly (string Key, byte[] Value)[] Pairs = [.. CacheRequests.Keys(3_000).Select((key, i) => (key, BitConverter.GetBytes(i)))];

    private static readonly string[] Keys = [.. Pairs.Select(pair => pair.Key)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Join_OfASilo_GivesItItsShareWithTheEntries()
    {
        await using var cluster = await StartAsync(1);
        await WriteAsync(cluster);

        var joined = await cluster.Cluster.StartAdditionalSiloAsync();

        await Eventually.BecomesTrueAsync(() => HoldsItsShare(joined), "the silo that joined holds its share");
        (await CountAsync(RouteOf(joined))).ShouldBe(Keys.Length);
        (await CountAsync(RouteOf(cluster.Cluster.Silos[0]))).ShouldBe(Keys.Length);
    }

    [Fact]
    public async Task Join_WhileEntriesAreWrittenAndRead_GivesWhatWasWrittenLast()
    {
        await using var cluster = await StartAsync(1);
        await WriteAsync(cluster);
        var route = RouteOf(cluster.Cluster.Silos[0]);
        var round = 0;

        var joining = cluster.Cluster.StartAdditionalSiloAsync();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var value = BitConverter.GetBytes(++round);
                await route.CallAsync(CacheRequests.Set([.. Keys.Select(key => (key, value))]), Cancel);
                var read = await route.CallAsync(CacheRequests.Get(Keys), Cancel);
                read.Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Done);
                CacheRequests.Bytes(read.Values!).ShouldAllBe(bytes => bytes.SequenceEqual(value));
                return joining.IsCompleted && HoldsItsShare(await joining);
            },
            "the silo that joined holds its share");
    }

    [Fact]
    public async Task Stop_OfASilo_LeavesItsEntriesToTheOthers()
    {
        await using var cluster = await StartAsync(3);
        await WriteAsync(cluster);

        await cluster.Cluster.StopSiloAsync(cluster.Cluster.Silos[1]);

        (await CountAsync(RouteOf(cluster.Cluster.Silos[0]))).ShouldBeGreaterThanOrEqualTo(Keys.Length * 95 / 100);
    }

    [Fact]
    public async Task Kill_OfASilo_CostsNothingButItsOwnPartitions()
    {
        await using var cluster = await StartAsync(3);
        await WriteAsync(cluster);
        var victim = cluster.Cluster.Silos[2];
        var lost = HoldingsOf(victim).Held.ToHashSet();

        await cluster.Cluster.KillSiloAsync(victim);

        var reply = await RouteOf(cluster.Cluster.Silos[0]).CallAsync(CacheRequests.Get(Keys), Cancel);
        var missing = Keys.Where((_, i) => reply.Outcomes[i] != CacheOutcome.Done).ToArray();
        missing.ShouldAllBe(key => lost.Contains(FakeCacheCluster.PartitionOf(key)));
        lost.Count.ShouldBeInRange(50, 130);
    }

#pragma warning disable ORLEANSEXP003 // The directory that silos of the house have.
    private static Task<ArmatureCluster> StartAsync(short silos) =>
        ArmatureCluster.StartAsync(silos, silo: silo => silo.AddMembership().AddCaching().AddDistributedGrainDirectory());
#pragma warning restore ORLEANSEXP003

    private static bool HoldsItsShare(InProcessSiloHandle silo) => HoldingsOf(silo).Held.Count is var held && held == Enumerable.Range(0, CacheLimits.Partitions).Count(
        partition => CacheOwners.Find(partition, silo.ServiceProvider.GetRequiredService<ICacheSilos>().Active).Equals(silo.SiloAddress));

    private static CacheHoldings HoldingsOf(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<CacheHoldings>();

    private static ICacheRoute RouteOf(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<ICacheRoute>();

    private static async Task WriteAsync(ArmatureCluster cluster)
    {
        var reply = await RouteOf(cluster.Cluster.Silos[0]).CallAsync(CacheRequests.Set(Pairs), Cancel);
        reply.Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Done);
    }

    private static async Task<int> CountAsync(ICacheRoute route)
    {
        var reply = await route.CallAsync(CacheRequests.Get(Keys), Cancel);
        for (var i = 0; i < Keys.Length; i++)
        {
            if (reply.Outcomes[i] == CacheOutcome.Done)
            {
                reply.Values![i].ToArray().ShouldBe(Pairs[i].Value);
            }
        }

        return reply.Outcomes.Count(outcome => outcome == CacheOutcome.Done);
    }
}
