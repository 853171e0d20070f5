using Armature.Batching;
using Armature.Chaos;
using Armature.Testing;
using Armature.Testing.Images;

namespace Armature.Images;

[Collection(ChaosCollection.Name)]
public sealed class ImagesOnClusterTests(ChaosCluster cluster, ITestOutputHelper output)
{
    private const int Count = 60;

    [Fact]
    public async Task SubmitAsync_ThreeProcessesAndAClientFromOutside_EverySiloTakesAShareAndOrderIsKept()
    {
        using var story = await cluster.BeginAsync(output);
        var plan = ImagePlan.Create().Variant("half", variant => variant.Resize(200).Png());
        var jobs = Enumerable.Range(0, Count)
            .Select(i => new ImageJob { Source = ImageSource.FromBytes(MadePng.Gray(400, 402 + (2 * i))), Plan = plan })
            .ToArray();

        var silos = new HashSet<string>();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var batch = await cluster.Client.Batches.SubmitAsync<ImageJob, ImageResult>(ImageJob.HandlerName, jobs);
                var result = await batch.GetResultAsync();
                result.Select(item => item.Value.Outputs.ShouldHaveSingleItem().Height).ShouldBe(Enumerable.Range(0, Count).Select(i => 201 + i));
                var shares = (await batch.GetStatusAsync()).Silos;
                shares.Sum(share => share.Done).ShouldBe(Count);
                silos.UnionWith(shares.Where(share => share.Done > 0).Select(share => share.Silo));
                return silos.Count == 3;
            },
            "every silo had a share: one whose workers still start leaves its share to the others");
    }
}
