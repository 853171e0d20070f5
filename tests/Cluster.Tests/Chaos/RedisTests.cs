namespace Armature.Chaos;

/// <summary>The cluster's Redis goes away in the middle of batches.</summary>
[Collection(ChaosCollection.Name)]
public sealed class RedisTests(ChaosCluster cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task Redis_RestartedKilledAndFrozen_PlainBatchesAreUnharmedAndDurableOnesWaitAndGoOn()
    {
        using var story = await cluster.BeginAsync(output);
        var plain = await ChaosBatch.SubmitAsync(cluster.Client, items: 3_500, milliseconds: 100);
        var durable = await ChaosBatch.SubmitAsync(cluster.Client, items: 1_000, milliseconds: 100, new() { Durable = true });
        await GoOnAsync();

        story.Tell($"Redis is restarted after {plain.Done} items of the plain batch and {durable.Done} of the durable one");
        await cluster.Redis.RestartAsync();
        await GoOnAsync();

        story.Tell($"Redis is killed and started again after {plain.Done} and {durable.Done} items");
        await cluster.Redis.KillAsync();
        await cluster.Redis.RestartAsync();
        await GoOnAsync();

        await cluster.FreezeRedisAsync();
        plain.Done.ShouldBeLessThan(plain.Count, "the plain batch lasts longer than the outages");

        await plain.CompletesAsync();
        await durable.CompletesAsync();
        story.Tell($"both are complete; the longest silence was {plain.LongestSilence.TotalSeconds:F1} s of the plain one, {durable.LongestSilence.TotalSeconds:F1} s of the durable one");
        plain.LongestSilence.ShouldBeLessThan(TimeSpan.FromSeconds(10), "the plain batch does not wait for Redis");
        cluster.Members.Count.ShouldBe(3, "no silo has died of it");

        async Task GoOnAsync()
        {
            await plain.HasDoneAsync(plain.Done + 30);
            await durable.HasDoneAsync(durable.Done + 30);
        }
    }
}
