namespace Armature.Chaos;

/// <summary>The cluster's Redis goes away in the middle of a batch.</summary>
[Collection(ChaosCollection.Name)]
public sealed class RedisTests(ChaosCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Redis_Restarted_ThePlainBatchIsUnharmed()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await ChaosBatch.SubmitAsync(cluster.Client, items: 600, milliseconds: 100);
        await batch.HasDoneAsync(60);

        story.Tell($"Redis is restarted after {batch.Done} of {batch.Count} items");
        await cluster.Redis.RestartAsync();

        await batch.CompletesAsync();
        story.Tell($"the batch is complete; the longest silence was {batch.LongestSilence.TotalSeconds:F1} s");
        cluster.Members.Count.ShouldBe(3, "no silo has died of it");
    }

    [Fact]
    public async Task Redis_PausedForTenSeconds_ThePlainBatchIsUnharmed()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await ChaosBatch.SubmitAsync(cluster.Client, items: 1_500, milliseconds: 100);
        await batch.HasDoneAsync(60);

        story.Tell($"Redis is frozen after {batch.Done} of {batch.Count} items");
        cluster.Redis.Pause();
        await Task.Delay(Outage, TimeProvider.System, CancellationToken.None);
        cluster.Redis.Resume();
        story.Tell($"Redis goes on after {batch.Done} items");

        await batch.CompletesAsync();
        story.Tell($"the batch is complete; the longest silence was {batch.LongestSilence.TotalSeconds:F1} s");
        cluster.Members.Count.ShouldBe(3, "no silo has died of it");
    }
}
