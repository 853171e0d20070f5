using Armature.Testing.Processes;
using Armature.TestSilo;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Upgrades;

public sealed class RollingUpgradeTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task RunAsync_HandlerThatOnlyTheNextVersionHas_OldSilosNeverGetIt()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 2);
        await cluster.LaunchNextSilo().BecomesReadyAsync();
        var client = cluster.Client.GetRequiredService<ArmatureClient>();

        var labels = await client.Batches.RunAsync<int, int>(LabelParcel.Name, [.. Enumerable.Range(0, 1_000)]).WaitAsync(Bound);

        labels.ShouldAllBe(label => label.IsSuccess && label.Value == 2);
    }
}
