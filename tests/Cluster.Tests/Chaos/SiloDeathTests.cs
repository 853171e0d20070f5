using Armature.Batching;

namespace Armature.Chaos;

/// <summary>SIGKILL in the middle of a batch.</summary>
[Collection(ChaosCollection.Name)]
public sealed class SiloDeathTests(ChaosCluster cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task Kill_Worker_NoItemIsLostAndNoneComesTwice()
    {
        using var story = await cluster.BeginAsync(output);
        var first = await ChaosBatch.SubmitAsync(cluster.Client, items: 600, milliseconds: 100);
        var second = await ChaosBatch.SubmitAsync(cluster.Client, items: 600, milliseconds: 100);
        await first.HasDoneAsync(60);
        await second.HasDoneAsync(60);
        var coordinators = new[] { await cluster.CoordinatorOfAsync(first.Id), await cluster.CoordinatorOfAsync(second.Id) };
        var victim = cluster.Members.First(member => !coordinators.Contains(member));

        story.Tell($"{cluster.Name(victim)} is killed after {first.Done} and {second.Done} of 600 items");
        victim.Kill();

        await first.CompletesAsync();
        await second.CompletesAsync();
        story.Tell($"both are complete; the longest silence was {first.LongestSilence.TotalSeconds:F1} s");
        first.Results.Count(item => item!.Value.Process == victim.Id).ShouldBeGreaterThan(0, "the victim had done a part");
    }

    [Fact]
    public async Task Kill_CoordinatorOfAPlainBatch_TheCallerIsToldWithinSecondsWhatToDo()
    {
        using var story = await cluster.BeginAsync(output);
        var lost = await ChaosBatch.SubmitAsync(cluster.Client, items: 2_000, milliseconds: 100);
        await lost.HasDoneAsync(60);
        var coordinator = await cluster.CoordinatorOfAsync(lost.Id);
        var other = await cluster.SubmitAsync(silo => silo != coordinator, items: 200);

        story.Tell($"{cluster.Name(coordinator)}, which coordinates, is killed after {lost.Done} of 2000 items");
        coordinator.Kill();
        var killed = story.Now;
        var error = await lost.FailsAsync();

        var time = story.Now - killed;
        story.Tell($"after {time.TotalSeconds:F1} s the caller reads: {error.Message}");
        error.ShouldBeOfType<BatchLostException>().BatchId.ShouldBe(lost.Id);
        error.Message.ShouldContain("ubmit");
        time.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        await other.CompletesAsync();
        story.Tell("the batch of another coordinator is complete");
    }
}
