using System.Net;
using Armature.Hosting;
using Armature.Testing;
using Armature.Testing.Processes;
using Armature.TestSilo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Armature.Batching;

/// <summary>One process alone, killed in the middle of a durable batch and started again on the same data folder.</summary>
public sealed class DurableRestartTests
{
    private const int Items = 600;

    [Fact]
    public async Task SubmitAsync_ProcessKilledAndStartedAgain_GoesOnFromItsRecords()
    {
        using var folder = new TemporaryFolder();
        var settings = new SiloSettings { DataFolder = folder.Path };
        await using var first = await SiloProcess.StartAsync(settings);
        using (var client = await ConnectAsync(settings))
        {
            var batch = await BatchesOf(client).SubmitAsync<int, string>(WhereAmI.Name, [.. Enumerable.Range(0, Items)], new() { Id = "kept", Durable = true });
            await Eventually.BecomesTrueAsync(async () => (await batch.GetStatusAsync()).Succeeded is > 50 and < Items, "some of the items are done");
            await client.StopAsync();
        }

        first.Kill();
        await first.WaitForExitAsync();
        await using var second = await SiloProcess.StartAsync(settings);
        using var again = await ConnectAsync(settings);

        var result = await BatchesOf(again).GetHandle<string>("kept").GetResultAsync();

        result.Count.ShouldBe(Items);
        result.Failed.ShouldBe(0);
        result.Select(item => item.Index).ShouldBe(Enumerable.Range(0, Items));
        result.Select(item => item.Value).Distinct().Count().ShouldBe(2, "what the first process had done is not done again");
        await again.StopAsync();
    }

    [Fact]
    public async Task DataFolder_RemovedUnderARunningSilo_ItIsNotReadyAndSaysWhy()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await SiloProcess.StartAsync(new SiloSettings { DataFolder = folder.Path });

        Directory.Delete(Path.Combine(folder.Path, "records"), recursive: true);

        (await silo.GetHealthReasonAsync("ready")).ShouldContain("removed, moved or replaced while this process had it open");
        (await silo.GetHealthAsync("live")).ShouldBe(HttpStatusCode.OK);
    }

    private static BatchClient BatchesOf(IHost client) => client.Services.GetRequiredService<ArmatureClient>().Batches;

    private static async Task<IHost> ConnectAsync(SiloSettings settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddArmatureClient(client => client.LocalGatewayPort = settings.GatewayPort);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
