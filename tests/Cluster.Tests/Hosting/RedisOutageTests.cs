using System.Net;
using Armature.Testing.Processes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

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
}
