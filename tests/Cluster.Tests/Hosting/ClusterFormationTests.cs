using Armature.Testing;
using Armature.Testing.Processes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Armature.Hosting;

public sealed class ClusterFormationTests
{
    [Fact]
    public async Task StartAsync_GatewayAlone_IsReadyAndNoSilo()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 1);
        var member = cluster.NewMember();
        var gateway = cluster.LaunchSilo(member with { Options = new Dictionary<string, string>(member.Options) { ["Cluster:Roles"] = "gateway" } });

        await gateway.BecomesReadyAsync();

        var management = cluster.Client.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        (await management.GetHosts(onlyActive: false)).Keys.ShouldHaveSingleItem().Endpoint.Port.ShouldBe(cluster.Silos[0].Settings.SiloPort);
    }

    [Fact]
    public async Task Kill_SiloOfACallInFlight_TheCallEndsAndOthersGoOnWithinSeconds()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 3);
        var grains = cluster.Client.GetRequiredService<IGrainFactory>();
        var victim = cluster.Silos[1];
        var key = await FindGrainOnAsync(victim, grains);

        var call = grains.GetGrain<TestSilo.IHoldGrain>(key).HoldAsync(TimeSpan.FromMinutes(5));
        victim.Kill();

        await Should.ThrowAsync<Exception>(() => call.WaitAsync(TimeSpan.FromSeconds(60)));
        await Eventually.BecomesTrueAsync(() => IsOnAnotherAsync(victim, grains, key), "the grain lives on another silo");
    }

    private static async Task<long> FindGrainOnAsync(SiloProcess silo, IGrainFactory grains)
    {
        for (var key = 0L; key < 1000; key++)
        {
            if (await PortOfAsync(grains, key) == silo.Settings.SiloPort)
            {
                return key;
            }
        }

        throw new InvalidOperationException("No grain was placed on the silo.");
    }

    private static async Task<bool> IsOnAnotherAsync(SiloProcess silo, IGrainFactory grains, long key)
    {
        try
        {
            return await PortOfAsync(grains, key) != silo.Settings.SiloPort;
        }
        catch (Exception error) when (error is TimeoutException or OrleansException)
        {
            return false;
        }
    }

    private static async Task<int> PortOfAsync(IGrainFactory grains, long key) =>
        SiloAddress.FromParsableString(await grains.GetGrain<TestSilo.IHoldGrain>(key).GetSiloAsync()).Endpoint.Port;
}
