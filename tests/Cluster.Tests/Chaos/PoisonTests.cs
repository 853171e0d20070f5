using Armature.Batching;
using Armature.TestSilo;

namespace Armature.Chaos;

/// <summary>An item that ends the process that works on it, each time.</summary>
[Collection(ChaosCollection.Name)]
public sealed class PoisonTests(ChaosCluster cluster, ITestOutputHelper output)
{
    private const int Items = 400;
    private const int Poison = 150;

    [Fact]
    public async Task Poison_InAPlainBatch_CostsTwoProcessesAndOnlyItsOwnResult()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await RunUntilItsCoordinatorSurvivesAsync(story);

        await batch.CompletesAsync(mayFail: Poison);
        batch.Results[Poison]!.Error!.Code.ShouldBe(ItemErrorCodes.ProcessDied);
        var victims = cluster.WorkOn(batch.Id).Where(record => record.Index == Poison).ToList();
        victims.ShouldAllBe(record => record.IsStart);
        victims.Select(record => record.Process).Distinct().Count().ShouldBe(2);
        story.Tell($"the batch is complete; only item {Poison} failed: {batch.Results[Poison]!.Error!.Message}");
    }

    /// <summary>Where the poison meets the coordinator's own silo first, a plain batch is lost with it, and its caller submits it again.</summary>
    private async Task<ChaosBatch> RunUntilItsCoordinatorSurvivesAsync(Story story)
    {
        while (true)
        {
            var batch = await ChaosBatch.SubmitAsync(cluster.Client, [.. Enumerable.Range(0, Items).Select(i => new ChaosItem(50, IsPoison: i == Poison))]);
            story.Tell("a batch with a poison item is submitted");
            await Task.WhenAny(batch.Reading);
            if (batch.Reading.Exception?.InnerException is not BatchLostException)
            {
                return batch;
            }

            story.Tell($"it is lost with its coordinator, after {batch.Done} items");
            await cluster.BecomesWholeAsync();
        }
    }
}
