using Armature.Testing.Processes;

namespace Armature.Chaos;

/// <summary>SIGTERM in the middle of a batch.</summary>
[Collection(ChaosCollection.Name)]
public sealed class StopTests(ChaosCluster cluster, ITestOutputHelper output)
{
    // Twice the budget that a silo has by default.
    private static readonly TimeSpan ExitBound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Terminate_Worker_ItExitsWithinItsBudgetAndTheCallerNoticesNothing()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await ChaosBatch.SubmitAsync(cluster.Client, items: 1_000, milliseconds: 100);
        await batch.HasDoneAsync(60);
        var coordinator = await cluster.CoordinatorOfAsync(batch.Id);
        var leaver = cluster.Members.First(member => member != coordinator);

        story.Tell($"{cluster.Name(leaver)} is asked to stop after {batch.Done} of {batch.Count} items");
        leaver.Terminate();

        await ExitsAsync(story, leaver);
        await batch.CompletesAsync();
        batch.Results.ShouldAllBe(item => item!.Value.Attempt == 1, "what was not started went back unharmed");
        story.Tell($"the batch is complete; the longest silence was {batch.LongestSilence.TotalSeconds:F1} s");
    }

    [Fact]
    public async Task Terminate_CoordinatorOfAPlainBatch_ItFinishesTheBatchWithinItsBudget()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await ChaosBatch.SubmitAsync(cluster.Client, items: 600, milliseconds: 100);
        await batch.HasDoneAsync(60);
        var coordinator = await cluster.CoordinatorOfAsync(batch.Id);

        story.Tell($"{cluster.Name(coordinator)}, which coordinates, is asked to stop after {batch.Done} of {batch.Count} items");
        coordinator.Terminate();

        await batch.Reading.WaitAsync(ExitBound);
        batch.Done.ShouldBe(batch.Count);
        batch.Results.ShouldAllBe(item => item!.IsSuccess);
        story.Tell("the caller has every result");
        await ExitsAsync(story, coordinator);
    }

    private async Task ExitsAsync(Story story, SiloProcess silo)
    {
        var asked = story.Now;
        (await silo.WaitForExitAsync().WaitAsync(ExitBound)).ShouldBe(0);
        story.Tell($"{cluster.Name(silo)} has exited with 0, {(story.Now - asked).TotalSeconds:F1} s later");
    }
}
