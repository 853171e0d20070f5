using Armature.Hosting;
using Armature.Testing;
using Armature.Testing.Processes;
using Armature.TestSilo;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Clustering;

public sealed class ClusterClientTests
{
    [Fact]
    public async Task ListSilosAsync_BatchUnderWay_SaysWhatEachSiloIsAndHasToDo()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 2);
        var client = cluster.Client.GetRequiredService<ArmatureClient>();
        var batch = await client.Batches.SubmitAsync<ChaosItem, Envelope>(ChaosHandler.Name, [.. Enumerable.Repeat(new ChaosItem(60_000), 100)]);

        IReadOnlyList<SiloDescription> silos = [];
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                silos = await client.Cluster.ListSilosAsync();
                return silos.All(silo => silo.Details is { RunningItems: ChaosHandler.Slots, QueuedItems: > 0 });
            },
            "every silo has all its slots in use, and more waits");

        silos.Count.ShouldBe(2);
        silos.ShouldAllBe(silo => silo.State == SiloState.Active && silo.Details!.IsCountedIn);
        silos.ShouldAllBe(silo => silo.Details!.Roles == (SiloRoles.Compute | SiloRoles.Gateway) && silo.Details.CpuThreads > 0);
        silos.Sum(silo => silo.Details!.CoordinatedBatches).ShouldBe(1);
        await batch.CancelAsync();
    }
}
