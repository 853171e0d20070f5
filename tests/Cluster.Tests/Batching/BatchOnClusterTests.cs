using Armature.Testing.Processes;
using Armature.TestSilo;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Armature.Batching;

public sealed class BatchOnClusterTests
{
    [Fact]
    public async Task RunAsync_ThreeProcessesAndAClientFromOutside_EverySiloTakesAShare()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 3);
        var client = cluster.Client.GetRequiredService<ArmatureClient>();

        var all = await client.Batches.RunAsync<int, string>(WhereAmI.Name, [.. Enumerable.Range(0, 1_500)]);

        all.Count.ShouldBe(1_500);
        all.ShouldAllBe(item => item.IsSuccess);
        all.GroupBy(item => SiloAddress.FromParsableString(item.Value!).Endpoint.Port).Select(share => share.Key)
            .ShouldBe(cluster.Silos.Select(silo => silo.Settings.SiloPort), ignoreOrder: true);
    }
}
