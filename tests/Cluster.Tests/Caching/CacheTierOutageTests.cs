using System.Text.RegularExpressions;
using Armature.Testing;
using Armature.Testing.Processes;
using Armature.Testing.Redis;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Armature.Caching;

/// <summary>A silo whose cache has a Redis behind it that does not do what it should.</summary>
public sealed partial class CacheTierOutageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(",password=wrong", "it refused the user or the password.")]
    [InlineData("", "it asks for a password, and was given none.")]
    [InlineData(",password=secret,ssl=true", "it cannot be reached over TLS (ssl=true)")]
    public async Task Redis_ThatLetsNobodyIn_HealthAndLogSayWhyAndWhereToLook(string settings, string reason)
    {
        await using var redis = await RedisServer.StartAsync(RedisPersistence.None, Cancel);
        await redis.SetPasswordAsync("secret");

        await SaysAsync(redis.ConnectionString + settings, reason);
    }

    [Fact]
    public async Task Redis_ThatIsNowhere_HealthAndLogSayWhyAndWhereToLook()
    {
        var free = FreePort.Next();

        await SaysAsync($"127.0.0.1:{free}", $"it cannot be reached: nothing listens on 127.0.0.1:{free}.");
    }

    [Fact]
    public async Task Redis_WhoseNameIsNotKnown_HealthAndLogSayWhyAndWhereToLook() =>
        await SaysAsync("nowhere.invalid:6379", "it cannot be reached: no address is known for the host of nowhere.invalid:6379.");

    [Fact]
    public async Task Redis_Full_IsSaidOnceUntilThereIsRoom()
    {
        await using var redis = await RedisServer.StartAsync(RedisPersistence.None, Cancel);
        await using var cluster = await SiloCluster.StartAsync(1, Options(redis.ConnectionString));
        var (silo, cache) = (cluster.Silos[0], cluster.Client.GetRequiredService<ArmatureClient>().Cache<string>("full"));
        await using var admin = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",allowAdmin=true");
        var server = admin.GetServers()[0];

        await server.ConfigSetAsync("maxmemory", "1");
        await cache.SetAsync("key", "value", cancellationToken: Cancel);
        (await silo.GetHealthReasonAsync("ready", Cancel)).ShouldContain("no memory left");
        var tier = (await cluster.Client.GetRequiredService<ArmatureClient>().Cluster.ListCacheStatisticsAsync(Cancel))[0].Tier!;
        (tier.State, tier.UnsavedKeys).ShouldBe((CacheTierState.Full, 1));
        tier.Problem!.ShouldContain("no memory left");
        await Eventually.BecomesTrueAsync(async () => await RejectedWritesAsync(server) >= 4, "Redis was asked again several times");
        await server.ConfigSetAsync("maxmemory", "0");
        await SaysHealthyAsync(silo);
        await LogsAsync(silo);

        LinesOf(silo).ShouldHaveSingleItem().ShouldContain("no memory left");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Redis_EmptiedOrStartedAgain_IsNoticedByPartitionsThatNobodyAsksFor(bool isStartedAgain)
    {
        await using var redis = await RedisServer.StartAsync(RedisPersistence.None, Cancel);
        await using var cluster = await SiloCluster.StartAsync(1, Options(redis.ConnectionString));
        var cache = cluster.Client.GetRequiredService<ArmatureClient>().Cache<string>("emptied");
        await cache.SetManyAsync(Enumerable.Range(0, 2_000).ToDictionary(i => $"{i}", i => $"{i}"), cancellationToken: Cancel);
        await using var admin = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",allowAdmin=true");
        (await PartitionsAsync(admin)).ShouldBe(CacheLimits.Partitions);

        if (isStartedAgain)
        {
            await redis.RestartAsync(Cancel);
        }
        else
        {
            await admin.GetServers()[0].FlushAllDatabasesAsync();
        }

        await Eventually.BecomesTrueAsync(async () => await PartitionsAsync(admin) == CacheLimits.Partitions, "Redis knows all partitions again");
    }

    private static async Task<int> PartitionsAsync(ConnectionMultiplexer admin)
    {
        try
        {
            var keys = (RedisKey[])(await admin.GetDatabase().ExecuteAsync("KEYS", "*/armature/cache/partitions/*"))!;
            return keys.Length;
        }
        catch (RedisException)
        {
            // Its connection is not there again.
            return 0;
        }
    }

    private static async Task SaysAsync(string connectionString, string reason)
    {
        await using var silo = await SiloProcess.StartAsync(new() { Options = Options(connectionString) }, Cancel);

        await Eventually.BecomesTrueAsync(
            async () => (await silo.GetHealthReasonAsync("ready", Cancel)).Contains(reason, StringComparison.Ordinal), $"the silo says: {reason}");

        (await silo.GetHealthReasonAsync("ready", Cancel)).ShouldContain("Look at Armature:Caching:Redis:ConnectionString.");
        await LogsAsync(silo);
        LinesOf(silo).ShouldHaveSingleItem().ShouldContain(reason);
        silo.Output.ShouldNotContain("password=");
    }

    // A line is written by a thread of its own, and may come after the answer that says the same.
    private static Task LogsAsync(SiloProcess silo) => Eventually.BecomesTrueAsync(() => LinesOf(silo).Length > 0, "the silo logs it");

    private static string[] LinesOf(SiloProcess silo) =>
        [.. silo.Output.Split('\n').Where(line => line.Contains("The cache works on from memory alone", StringComparison.Ordinal))];

    private static Task SaysHealthyAsync(SiloProcess silo) => Eventually.BecomesTrueAsync(
        async () => (await silo.GetHealthReasonAsync("ready", Cancel)).StartsWith("Healthy", StringComparison.Ordinal), "the silo is healthy");

    private static async Task<int> RejectedWritesAsync(IServer server)
    {
        var statistics = await server.InfoRawAsync("commandstats");
        return RejectedSets().Match(statistics!) is { Success: true } match ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    private static Dictionary<string, string> Options(string connectionString) =>
        new() { ["Caching:Redis:Enabled"] = "true", ["Caching:Redis:ConnectionString"] = connectionString };

    [GeneratedRegex("cmdstat_p?set(?:ex)?:.*rejected_calls=([0-9]+)")]
    private static partial Regex RejectedSets();
}
