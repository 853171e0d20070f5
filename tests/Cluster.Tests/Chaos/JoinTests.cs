using Armature.Clustering;
using Armature.Testing;

namespace Armature.Chaos;

/// <summary>A silo joins in the middle of a batch.</summary>
[Collection(ChaosCollection.Name)]
public sealed class JoinTests(ChaosCluster cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task Join_MidBatch_TheNewSiloTakesItsShareWithinSeconds()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await ChaosBatch.SubmitAsync(cluster.Client, items: 4_000, milliseconds: 50);
        await batch.HasDoneAsync(60);
        var coordinator = await cluster.CoordinatorOfAsync(batch.Id);

        var joiner = cluster.Launch();
        story.Tell($"{cluster.Name(joiner)} is started after {batch.Done} of {batch.Count} items");
        await Eventually.BecomesTrueAsync(async () => await coordinator.GetStatusOfAsync(joiner) == "Active", "the coordinator's silo sees the new one");
        var active = TimeProvider.System.GetUtcNow();
        story.Tell($"it is active after {batch.Done} items");

        await batch.CompletesAsync();
        var starts = cluster.WorkOn(batch.Id).Where(record => record.IsStart).ToList();
        var first = starts.Where(record => record.Process == joiner.Id).Min(record => record.At);
        var since = starts.Where(record => record.At >= first).CountBy(record => record.Process).ToDictionary();
        var share = (double)since[joiner.Id] * since.Count / since.Values.Sum();
        story.Tell($"it took work {(first - active).TotalSeconds:F1} s later; of {since.Values.Sum()} items from then on it had {since[joiner.Id]}, {share:F2} of an equal share");
        (first - active).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        share.ShouldBeInRange(0.5, 2);
    }
}
