using Armature.Batching;
using Armature.TestSilo;

namespace Armature.Chaos;

/// <summary>What a durable batch survives, and a plain one does not.</summary>
[Collection(ChaosCollection.Name)]
public sealed class DurableTests(ChaosCluster cluster, ITestOutputHelper output)
{
    private const int Poison = 150;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Kill_Coordinator_AnotherGoesOnAndNothingDoneRunsAgain()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await SubmitAsync(items: 1_000);
        await batch.HasDoneAsync(200);
        var coordinator = await cluster.CoordinatorOfAsync(batch.Id);
        var done = batch.Results.Where(item => item is not null).Select(item => item!.Index).ToHashSet();
        var killedAt = TimeProvider.System.GetUtcNow();

        story.Tell($"{cluster.Name(coordinator)}, which coordinates, is killed after {batch.Done} of {batch.Count} items");
        coordinator.Kill();

        await batch.CompletesAsync();
        story.Tell($"the batch is complete; the longest silence was {batch.LongestSilence.TotalSeconds:F1} s");
        var again = cluster.WorkOn(batch.Id).Where(record => record.IsStart && record.At > killedAt).Select(record => record.Index);
        again.Where(done.Contains).ShouldBeEmpty("what the caller had seen done");
        batch.LongestSilence.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Terminate_Coordinator_ItExitsWithinItsBudgetAndAnotherGoesOn()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await SubmitAsync(items: 1_500);
        await batch.HasDoneAsync(200);
        var coordinator = await cluster.CoordinatorOfAsync(batch.Id);

        story.Tell($"{cluster.Name(coordinator)}, which coordinates, is asked to stop after {batch.Done} of {batch.Count} items");
        coordinator.Terminate();

        (await coordinator.WaitForExitAsync().WaitAsync(Bound)).ShouldBe(0);
        story.Tell($"it has exited with 0, after {batch.Done} items");
        await batch.CompletesAsync();
        batch.Results.ShouldAllBe(item => item!.Value.Attempt == 1);
        story.Tell($"the batch is complete; the longest silence was {batch.LongestSilence.TotalSeconds:F1} s");
    }

    [Fact]
    public async Task Poison_WhereverItIs_CostsTwoProcessesAndOnlyItsOwnResult()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await ChaosBatch.SubmitAsync(
            cluster.Client, [.. Enumerable.Range(0, 400).Select(i => new ChaosItem(50, IsPoison: i == Poison))], new() { Durable = true });

        await batch.CompletesAsync(mayFail: Poison);
        batch.Results[Poison]!.Error!.Code.ShouldBe(ItemErrorCodes.ProcessDied);
        cluster.WorkOn(batch.Id).Where(record => record.Index == Poison).Select(record => record.Process).Distinct().Count().ShouldBe(2);
        story.Tell($"the batch is complete; only item {Poison} failed: {batch.Results[Poison]!.Error!.Message}");
    }

    [Fact]
    public async Task Poison_TwoItemsInOneBatch_EachIsNamedAndNoOther()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await SubmitAsync(400, Poison, 2 * Poison);

        await batch.CompletesAsync(Poison, 2 * Poison);
        batch.Results[Poison]!.Error!.Code.ShouldBe(ItemErrorCodes.ProcessDied);
        batch.Results[2 * Poison]!.Error!.Code.ShouldBe(ItemErrorCodes.ProcessDied);

        // Each once beside others and once alone; each once more where a silo and its coordinator die in one moment.
        var runs = cluster.WorkOn(batch.Id).Count(record => record is { IsStart: true, Index: Poison or 2 * Poison });
        runs.ShouldBeLessThanOrEqualTo(6);
        story.Tell($"the batch is complete; only the poison items failed, after {runs} deaths");
    }

    private Task<ChaosBatch> SubmitAsync(int items, params int[] poison) => ChaosBatch.SubmitAsync(
        cluster.Client, [.. Enumerable.Range(0, items).Select(i => new ChaosItem(50, IsPoison: poison.Contains(i)))], new() { Durable = true });

    private Task<ChaosBatch> SubmitAsync(int items) => ChaosBatch.SubmitAsync(cluster.Client, items, milliseconds: 100, new() { Durable = true });
}
