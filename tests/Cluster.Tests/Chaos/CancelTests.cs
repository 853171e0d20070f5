using Armature.Batching;
using Armature.Testing;

namespace Armature.Chaos;

/// <summary>A batch is cancelled in its middle.</summary>
[Collection(ChaosCollection.Name)]
public sealed class CancelTests(ChaosCluster cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task Cancel_MidBatch_NothingStartsAfterItAndNothingIsLeftRunning()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await ChaosBatch.SubmitAsync(cluster.Client, items: 20_000, milliseconds: 20);
        await batch.HasDoneAsync(500);

        await batch.CancelAsync();
        var started = cluster.WorkOn(batch.Id).Count(record => record.IsStart);
        story.Tell($"cancelled when {started} of {batch.Count} items were started");

        await batch.Reading;
        await Eventually.BecomesTrueAsync(
            () => cluster.WorkOn(batch.Id) is var work && work.Count(record => record.IsStart) == work.Count(record => !record.IsStart), "every item that was started has ended");
        cluster.WorkOn(batch.Id).Count(record => record.IsStart).ShouldBe(started);
        (await batch.GetStatusAsync()).State.ShouldBe(BatchState.Cancelled);
        batch.Done.ShouldBe(batch.Count);
        batch.Results.ShouldAllBe(item => item!.IsSuccess || item.Error.Code == ItemErrorCodes.Cancelled);
        cluster.WorkOn(batch.Id).Select(record => record.Process).Distinct().Count().ShouldBe(3);
        story.Tell("nothing was started afterwards, nothing is left running, and the rest says that it was cancelled");
    }
}
