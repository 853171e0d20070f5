using Armature.Testing;
using Armature.Testing.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Hosting;

public sealed class ShutdownTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Terminate_IdleSilo_ExitsWithCode0()
    {
        await using var silo = await SiloProcess.StartAsync(new());

        silo.Terminate();

        (await silo.WaitForExitAsync().WaitAsync(Bound)).ShouldBe(0);
    }

    [Fact]
    public async Task Terminate_CallInFlightWithinTheBudget_IsNoLongerReadyAndFinishesTheCall()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 1);
        var silo = cluster.Silos[0];
        var hold = cluster.Client.GetRequiredService<IGrainFactory>().GetGrain<TestSilo.IHoldGrain>(0);
        await hold.GetSiloAsync();

        var call = hold.HoldAsync(TimeSpan.FromSeconds(3));
        silo.Terminate();

        await Eventually.BecomesTrueAsync(
            async () => await silo.GetHealthAsync("ready") is not System.Net.HttpStatusCode.OK, "the silo is not ready");
        await call.WaitAsync(Bound);
        (await silo.WaitForExitAsync().WaitAsync(Bound)).ShouldBe(0);
    }

    [Fact]
    public async Task Terminate_CallLongerThanTheBudget_ExitsAllTheSame()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 1, new Dictionary<string, string> { ["Cluster:ShutdownBudget"] = "00:00:02" });
        var hold = cluster.Client.GetRequiredService<IGrainFactory>().GetGrain<TestSilo.IHoldGrain>(0);
        await hold.GetSiloAsync();

        var call = hold.HoldAsync(TimeSpan.FromHours(1));
        cluster.Silos[0].Terminate();

        await cluster.Silos[0].WaitForExitAsync().WaitAsync(Bound);
        await Should.ThrowAsync<Exception>(() => call.WaitAsync(Bound));
    }
}
