using System.Text;
using Armature.Clustering;
using Armature.Hosting;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Shouldly;

namespace Armature.Caching;

public sealed class CacheClusterTests
{
    private const int Mebibyte = 1 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task CallAsync_FromASiloAndFromOutside_AnswersInTheCallersOrder(short silos)
    {
        await using var cluster = await StartAsync(silos);
        var keys = CacheRequests.Keys(1_000);

        var written = await RouteOf(cluster, 0).CallAsync(CacheRequests.Set([.. keys.Select(key => (key, ValueOf(key)))]), Cancel);
        var read = await RouteOf(cluster, silos - 1).CallAsync(CacheRequests.Get([.. keys, "missing", .. keys.Reverse()]), Cancel);
        var outside = await Door(cluster).CallAsync(CacheRequests.Get(keys), silo: null, Cancel);

        written.Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Done);
        read.Outcomes.Select((outcome, i) => (outcome, i)).Where(key => key.outcome != CacheOutcome.Done).ShouldBe([(CacheOutcome.Missing, 1_000)]);
        Texts(read.Values!).ShouldBe([.. keys, "", .. keys.Reverse()]);
        read.Versions![..1_000].ShouldBe(written.Versions!);
        Texts(outside.Values!).ShouldBe(keys);
    }

    [Fact]
    public async Task CallAsync_SiloThatMayHaveBeenFrozen_PassesNothingOn()
    {
        await using var cluster = await StartAsync(2);
        var services = cluster.Cluster.Silos[0].ServiceProvider;
        var other = cluster.Cluster.Silos[1].SiloAddress;
        var stale = ActivatorUtilities.CreateInstance<CacheSilos>(services, new MembershipLease(new MembershipOptions(), TimeProvider.System));

        await Should.ThrowAsync<MembershipStaleException>(async () => await stale.CallAsync(other, CacheRequests.Set("a", [1]), Mebibyte, Cancel));

        (await services.GetRequiredService<ICacheSilos>().CallAsync(other, CacheRequests.Set("a", [1]), Mebibyte, Cancel)).Asked.ShouldBe(1);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    [InlineData(1L << 32)]
    public async Task LocateAsync_NumberOfNoPartition_IsRefusedAndTouchesNone(long number)
    {
        await using var cluster = await StartAsync(1);
        var keys = CacheRequests.Keys(1_000);
        await RouteOf(cluster, 0).CallAsync(CacheRequests.Set([.. keys.Select(key => (key, ValueOf(key)))]), Cancel);

        var thrown = await Should.ThrowAsync<Exception>(() => cluster.Cluster.Client.GetGrain<ICachePartitionGrain>(number).LocateAsync(Cancel));

        thrown.ToString().ShouldContain("0 to 255");
        (await RouteOf(cluster, 0).CallAsync(CacheRequests.Get(keys), Cancel)).Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Done);
    }

    [Fact]
    public async Task AddCaching_AfterTheClient_GivesTheSilosOwnCallersTheShortRoute()
    {
        await using var cluster = await StartAsync(1);

        RouteOf(cluster, 0).ShouldBeOfType<CacheRouter>();
        cluster.Cluster.Client.ServiceProvider.GetRequiredService<ICacheRoute>().ShouldNotBeOfType<CacheRouter>();
    }

    [Fact]
    public async Task CallAsync_EveryOperationOnSeveralSilos_DoesWhatItSays()
    {
        await using var cluster = await StartAsync(3);
        var keys = CacheRequests.Keys(50);
        var route = RouteOf(cluster, 0);
        await route.CallAsync(CacheRequests.Set([.. keys.Select(key => (key, ValueOf(key)))], new CacheExpiry(60_000, IsSliding: false)), Cancel);

        var deleted = await route.CallAsync(CacheRequests.Delete([.. keys[..10], "missing"]), Cancel);
        var existing = await route.CallAsync(CacheRequests.Exists(keys), Cancel);
        var expired = await route.CallAsync(CacheRequests.Expire(CacheExpiry.Never, [.. keys[..20]]), Cancel);
        var ttls = await route.CallAsync(CacheRequests.Ttl(keys), Cancel);

        deleted.Outcomes.ShouldBe([.. Enumerable.Repeat(CacheOutcome.Done, 10), CacheOutcome.Missing]);
        existing.Outcomes.ShouldBe([.. Enumerable.Repeat(CacheOutcome.Missing, 10), .. Enumerable.Repeat(CacheOutcome.Done, 40)]);
        expired.Outcomes.ShouldBe([.. Enumerable.Repeat(CacheOutcome.Missing, 10), .. Enumerable.Repeat(CacheOutcome.Done, 10)]);
        ttls.Ttls![10..20].ShouldAllBe(ttl => ttl == long.MaxValue);
        ttls.Ttls[20..].ShouldAllBe(ttl => ttl > 0 && ttl <= 60_000);
    }

    [Fact]
    public async Task CallAsync_MoreThanAMessageHolds_TravelsInPages()
    {
        await using var cluster = await StartAsync(3);
        var pairs = CacheRequests.Keys(12).Select((key, i) => (key, Enumerable.Repeat((byte)i, Mebibyte).ToArray())).ToArray();
        var route = RouteOf(cluster, 0);

        var written = await route.CallAsync(CacheRequests.Set(pairs), Cancel);
        var read = await route.CallAsync(CacheRequests.Get([.. pairs.Select(pair => pair.key)]), Cancel);
        var outside = await Door(cluster).CallAsync(CacheRequests.Get([.. pairs.Select(pair => pair.key)]), silo: null, Cancel);

        written.Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Done);
        CacheRequests.Bytes(read.Values!).ShouldBe(pairs.Select(pair => pair.Item2));
        outside.Outcomes.Count(outcome => outcome == CacheOutcome.Done).ShouldBeInRange(1, 6);
        outside.Outcomes.Where(outcome => outcome != CacheOutcome.Done).ShouldAllBe(outcome => outcome == CacheOutcome.NotHeld);
    }

    [Fact]
    public async Task CallAsync_ValueTooLarge_FailsThatKeyAloneAndNamesTheLimit()
    {
        await using var cluster = await StartAsync(3);

        var reply = await RouteOf(cluster, 0).CallAsync(CacheRequests.Set([("small", [1]), ("large", new byte[Mebibyte + 1]), ("other", [2])]), Cancel);

        reply.Outcomes.ShouldBe([CacheOutcome.Done, CacheOutcome.Failed, CacheOutcome.Done]);
        var error = reply.Errors.ShouldHaveSingleItem();
        error.Key.ShouldBe(1);
        error.Value.Code.ShouldBe(CacheErrorCodes.ValueTooLarge);
        error.Value.Message.ShouldContain("1,048,576");
    }

    [Fact]
    public async Task CallAsync_SameKeyTwice_KeepsTheLast()
    {
        await using var cluster = await StartAsync(3);
        var keys = CacheRequests.Keys(300);
        var route = RouteOf(cluster, 0);

        await route.CallAsync(CacheRequests.Set([.. keys.Select(key => (key, new byte[] { 1 })), .. keys.Select(key => (key, new byte[] { 2 }))]), Cancel);

        var read = await route.CallAsync(CacheRequests.Get(keys), Cancel);
        CacheRequests.Bytes(read.Values!).ShouldAllBe(value => value[0] == 2);
    }

    [Fact]
    public async Task CallAsync_ConcurrentFirstCalls_AllAreAnswered()
    {
        await using var cluster = await StartAsync(3);
        var keys = CacheRequests.Keys(500);

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => RouteOf(cluster, i % 3).CallAsync(CacheRequests.Get(keys), Cancel).AsTask()));

        replies.ShouldAllBe(reply => reply.Outcomes.All(outcome => outcome == CacheOutcome.Missing));
    }

    [Fact]
    public async Task GetStatisticsAsync_OfSeveralSilos_CountsWhatTheyHoldAndWhatWasRead()
    {
        await using var cluster = await StartAsync(3);
        var keys = CacheRequests.Keys(2_000);
        await RouteOf(cluster, 0).CallAsync(CacheRequests.Set([.. keys.Select(key => (key, new byte[100]))]), Cancel);
        await RouteOf(cluster, 0).CallAsync(CacheRequests.Get([.. keys, "missing"]), Cancel);

        var silos = await Door(cluster).GetStatisticsAsync(Cancel);

        silos.Length.ShouldBe(3);
        silos.Sum(silo => silo.Partitions).ShouldBe(CacheLimits.Partitions);
        silos.Sum(silo => silo.Entries).ShouldBe(2_000);
        silos.Sum(silo => silo.Bytes).ShouldBeGreaterThan(2_000 * 100);
        silos.ShouldAllBe(silo => silo.MaxBytes == 256 << 20);
        silos.SelectMany(silo => silo.Caches).ShouldAllBe(cache => cache.Name == CacheRequests.Cache);
        silos.Sum(silo => silo.Caches.Sum(cache => cache.Hits)).ShouldBe(2_000);
        silos.Sum(silo => silo.Caches.Sum(cache => cache.Misses)).ShouldBe(1);
    }

    private static Task<ArmatureCluster> StartAsync(short silos) => ArmatureCluster.StartAsync(silos, silo: silo => silo.AddMembership().AddCaching());

    private static ICacheRoute RouteOf(ArmatureCluster cluster, int silo) => cluster.Cluster.Silos[silo].ServiceProvider.GetRequiredService<ICacheRoute>();

    [Fact]
    public async Task Door_RequestForAnotherSilo_IsRefusedAndNothingDone()
    {
        await using var cluster = await StartAsync(1);
        var local = (await Door(cluster).LocateAsync(Cancel)).Silo;
        var other = SiloAddress.New(local.Endpoint, local.Generation - 1);

        await Should.ThrowAsync<TimeoutException>(Door(cluster).CallAsync(CacheRequests.Set("named", [1]), other, Cancel));
        (await Door(cluster).CallAsync(CacheRequests.Exists("named"), silo: null, Cancel)).Outcomes.ShouldBe([CacheOutcome.Missing]);
        (await Door(cluster).CallAsync(CacheRequests.Set("named", [1]), local, Cancel)).Outcomes.ShouldBe([CacheOutcome.Done]);
    }

    private static ICacheDoorGrain Door(ArmatureCluster cluster) => cluster.Cluster.Client.GetGrain<ICacheDoorGrain>(0);

    private static byte[] ValueOf(string key) => Encoding.UTF8.GetBytes(key);

    private static string[] Texts(PackedValues values) => [.. CacheRequests.Bytes(values).Select(Encoding.UTF8.GetString)];
}
