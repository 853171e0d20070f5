using Armature.Batching;
using Armature.Testing;
using Armature.Testing.Images;
using Armature.Testing.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Images;

public sealed class ImageWorkersTests
{
    [Fact]
    public async Task Kill_SiloAmidABatchOfImages_ItsWorkersDieWithIt()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 1, new Dictionary<string, string> { ["CpuThreads"] = "2" });
        var client = cluster.Client.GetRequiredService<ArmatureClient>();
        var plan = ImagePlan.Create().Variant("slow", variant => variant.Avif(quality: 90, effort: 9));
        var jobs = Enumerable.Range(0, 200).Select(i => new ImageJob { Source = ImageSource.FromBytes(MadePng.Gray(2_000, 1_000 + i)), Plan = plan });
        var batch = await client.Batches.SubmitAsync<ImageJob, ImageResult>(ImageJob.HandlerName, [.. jobs]);
        await Eventually.BecomesTrueAsync(async () => (await batch.GetStatusAsync()).Silos.Any(silo => silo.Running > 0), "images are processed");
        var silo = cluster.Silos[0];
        var workers = ProcessTree.ChildrenOf(silo.Id);
        workers.Count.ShouldBe(2);
        workers.ShouldAllBe(worker => ProcessTree.IsAlive(worker));

        silo.Kill();

        await Eventually.BecomesTrueAsync(() => !workers.Any(ProcessTree.IsAlive), "the workers are gone");
    }
}
