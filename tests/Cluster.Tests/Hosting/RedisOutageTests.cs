using System.Net;
using Armature.Testing;
using Armature.Testing.Processes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using StackExchange.Redis;

namespace Armature.Hosting;

public sealed class RedisOutageTests
{
    [Fact]
    public async Task Redis_GoneAndBack_SilosGoOnAndANewOneJoins()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 2);
        var grains = cluster.Client.GetRequiredService<IGrainFactory>();

        await cluster.Redis.KillAsync();

        for (var key = 0; key < 20; key++)
        {
            (await grains.GetGrain<TestSilo.IHoldGrain>(key).GetSiloAsync()).ShouldNotBeNull();
        }

        foreach (var silo in cluster.Silos)
        {
            (await silo.GetHealthAsync("live")).ShouldBe(HttpStatusCode.OK);
            (await silo.GetHealthAsync("ready")).ShouldBe(HttpStatusCode.OK);
        }

        await cluster.Redis.RestartAsync();
        await cluster.LaunchSilo().BecomesReadyAsync();
        (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Redis_Emptied_SilosLiveAndSayThatTheyMustBeStartedAgain()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 1);
        var silo = cluster.Silos[0];
        using var redis = await ConnectionMultiplexer.ConnectAsync($"{cluster.Redis.ConnectionString},allowAdmin=true");

        await redis.GetServers()[0].FlushAllDatabasesAsync();

        await Eventually.BecomesTrueAsync(
            async () => (await silo.GetHealthReasonAsync("ready")).Contains("Redis has lost the list of the cluster's members", StringComparison.Ordinal),
            "the silo says that it is not ready, and why");
        (await silo.GetHealthAsync("ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await silo.GetHealthAsync("live")).ShouldBe(HttpStatusCode.OK);
        silo.Kill();
        await cluster.LaunchSilo().BecomesReadyAsync();
    }
}
