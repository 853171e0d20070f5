using Armature.Chaos;
using Armature.TestSilo;
using Orleans.Runtime;

namespace Armature.Batching;

[Collection(ChaosCollection.Name)]
public sealed class BatchOnClusterTests(ChaosCluster cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task RunAsync_ThreeProcessesAndAClientFromOutside_EverySiloTakesAShare()
    {
        using var story = await cluster.BeginAsync(output);

        var all = await cluster.Client.Batches.RunAsync<int, string>(WhereAmI.Name, [.. Enumerable.Range(0, 1_500)]);

        all.Count.ShouldBe(1_500);
        all.ShouldAllBe(item => item.IsSuccess);
        all.GroupBy(item => SiloAddress.FromParsableString(item.Value!).Endpoint.Port).Select(share => share.Key)
            .ShouldBe(cluster.Members.Select(silo => silo.Settings.SiloPort), ignoreOrder: true);
    }
}
