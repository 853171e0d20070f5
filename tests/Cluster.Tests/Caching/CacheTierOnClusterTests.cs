using Armature.Testing;
using Armature.Testing.Processes;
using Armature.Testing.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Caching;

/// <summary>The cache over real processes with a real Redis behind it; memory has room for a part of the entries only.</summary>
public sealed class CacheTierOnClusterTests
{
    private const int Count = 20_000;

    private static readonly Dictionary<string, string> Options = new()
    {
        ["Caching:Redis:Enabled"] = "true",
        ["Caching:MaxBytes"] = "1048576",
        ["Caching:MaxValueBytes"] = "200000",
    };

    private static readonly string[] Keys = [.. Enumerable.Range(0, Count).Select(i => $"key-{i}")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_OneSilo_LosesNothingAndBringsNothingBack()
    {
        await using var cluster = await SiloCluster.StartAsync(3, Options);
        var cache = CacheOf(cluster);
        await WriteAsync(cache, Keys, "first");
        await WriteAsync(cache, Keys[..5_000], "second");
        await cache.DeleteManyAsync(Keys[5_000..6_000], Cancel);
        await cache.DeleteByPatternAsync("key-19???", Cancel);
        await cache.SetManyAsync(Pairs(["tagged-1", "tagged-2"], "first"), new() { Tags = ["eu"] }, Cancel);
        await cache.InvalidateTagsAsync(["eu"], Cancel);

        cluster.Silos[1].Kill();

        (await ReadAsync(cache, Keys[..5_000])).ShouldAllBe(value => value == "second");
        (await ReadAsync(cache, Keys[5_000..6_000])).ShouldAllBe(value => value == null);
        (await ReadAsync(cache, Keys[6_000..19_000])).ShouldAllBe(value => value == "first");
        (await ReadAsync(cache, Keys[19_000..])).ShouldAllBe(value => value == null);
        (await ReadAsync(cache, ["tagged-1", "tagged-2"])).ShouldAllBe(value => value == null);
    }

    [Fact]
    public async Task Redis_FrozenAndBack_TheCacheWorksMeanwhileAndIsBroughtUpAfterwards()
    {
        await using var cluster = await SiloCluster.StartAsync(3, Options);
        var cache = CacheOf(cluster);
        await WriteAsync(cache, Keys, "first");

        cluster.Redis.Pause();
        await WriteAsync(cache, Keys[..100], "second");
        (await ReadAsync(cache, Keys[..100])).ShouldAllBe(value => value == null || value == "second");
        await cache.DeleteManyAsync(Keys[100..200], Cancel);
        await EverySiloSaysAsync(cluster, "Degraded");
        cluster.Redis.Resume();
        await EverySiloSaysAsync(cluster, "Healthy");

        (await ReadAsync(cache, Keys[..200])).ShouldAllBe(value => value == null || value == "second");
        (await ReadAsync(cache, Keys[200..])).ShouldAllBe(value => value == "first");
        cluster.Silos[1].Kill();
        (await ReadAsync(cache, Keys[..100])).ShouldAllBe(value => value == null || value == "second");
        (await ReadAsync(cache, Keys[100..200])).ShouldAllBe(value => value == null);
        (await ReadAsync(cache, Keys[200..])).ShouldAllBe(value => value == "first");
    }

    [Fact]
    public async Task Kill_OneSiloWhileRedisIsAway_BringsNothingOldBack()
    {
        await using var cluster = await SiloCluster.StartAsync(3, Options);
        var cache = CacheOf(cluster);
        await WriteAsync(cache, Keys, "first");

        cluster.Redis.Pause();
        await WriteAsync(cache, Keys[..1_000], "second");
        cluster.Silos[1].Kill();
        cluster.Redis.Resume();

        var values = await ReadAsync(cache, Keys[..1_000]);
        values.ShouldAllBe(value => value == null || value == "second");
        values.Count(value => value == "second").ShouldBeGreaterThan(300);
    }

    [Fact]
    public async Task Kill_OneSiloAfterRedisCameBackEmpty_LosesNothingThatWasWrittenSince()
    {
        await using var redis = await RedisServer.StartAsync(RedisPersistence.None);
        await using var cluster = await SiloCluster.StartAsync(3, new Dictionary<string, string>(Options) { ["Caching:Redis:ConnectionString"] = redis.ConnectionString });
        var cache = CacheOf(cluster);
        await WriteAsync(cache, Keys, "first");

        await redis.KillAsync(Cancel);
        await WriteAsync(cache, Keys, "second");
        await redis.RestartAsync(Cancel);
        await EverySiloSaysAsync(cluster, "Healthy");
        await WriteAsync(cache, Keys, "third");
        cluster.Silos[1].Kill();

        (await ReadAsync(cache, Keys)).ShouldAllBe(value => value == "third");
    }

    [Fact]
    public async Task Terminate_AllSilos_TheNextOnesFindEverything()
    {
        await using var cluster = await SiloCluster.StartAsync(2, Options);
        await WriteAsync(CacheOf(cluster), Keys, "first");

        foreach (var silo in cluster.Silos)
        {
            silo.Terminate();
            await silo.WaitForExitAsync(Cancel);
        }

        await cluster.LaunchSilo().BecomesReadyAsync(Cancel);
        (await ReadAsync(CacheOf(cluster), Keys)).ShouldAllBe(value => value == "first");
    }

    private static CacheClient<string> CacheOf(SiloCluster cluster) =>
        cluster.Client.GetRequiredService<ArmatureClient>().Cache<string>("tiered");

    private static Dictionary<string, string> Pairs(IEnumerable<string> keys, string value) => keys.ToDictionary(key => key, _ => value);

    private static async Task WriteAsync(CacheClient<string> cache, string[] keys, string value)
    {
        var written = await cache.SetManyAsync(Pairs(keys, value), cancellationToken: Cancel);
        written.Failed.ShouldBe(0);
    }

    private static async Task<IReadOnlyList<string?>> ReadAsync(CacheClient<string> cache, string[] keys)
    {
        var entries = await cache.GetManyAsync(keys, Cancel);
        return [.. entries.Select(entry => entry.HasValue ? entry.Value : null)];
    }

    private static async Task EverySiloSaysAsync(SiloCluster cluster, string status)
    {
        foreach (var silo in cluster.Silos)
        {
            await Eventually.BecomesTrueAsync(
                async () => (await silo.GetHealthReasonAsync("ready", Cancel)).StartsWith(status, StringComparison.Ordinal), $"a silo is {status}");
        }
    }
}
