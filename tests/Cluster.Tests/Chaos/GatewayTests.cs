using Armature.Batching;

namespace Armature.Chaos;

/// <summary>The silo through which a client outside reaches the cluster dies.</summary>
[Collection(ChaosCollection.Name)]
public sealed class GatewayTests(ChaosCluster cluster, ITestOutputHelper output)
{
    // A client spreads its calls over all gateways by the batch: of so many batches, some go through each silo.
    private const int Batches = 16;

    [Fact]
    public async Task Kill_GatewayOfAClient_ProgressResumesByItself()
    {
        using var story = await cluster.BeginAsync(output);
        var batches = await Task.WhenAll(Enumerable.Range(0, Batches).Select(_ => ChaosBatch.SubmitAsync(cluster.Client, items: 75, milliseconds: 100)));
        foreach (var batch in batches)
        {
            await batch.HasDoneAsync(2);
        }

        var coordinated = await Task.WhenAll(batches.Select(async batch => (Batch: batch, Silo: await cluster.CoordinatorOfAsync(batch.Id))));
        var victim = cluster.Members.MinBy(member => coordinated.Count(entry => entry.Silo == member))!;
        story.Tell($"{cluster.Name(victim)}, which coordinates {coordinated.Count(entry => entry.Silo == victim)} of {Batches} batches, is killed");
        victim.Kill();

        foreach (var (batch, _) in coordinated.Where(entry => entry.Silo != victim))
        {
            await batch.CompletesAsync();
        }

        var silence = coordinated.Where(entry => entry.Silo != victim).Max(entry => entry.Batch.LongestSilence);
        story.Tell($"the others are complete; the longest silence of one was {silence.TotalSeconds:F1} s");
        silence.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        foreach (var (batch, _) in coordinated.Where(entry => entry.Silo == victim))
        {
            (await batch.FailsAsync()).ShouldBeOfType<BatchLostException>();
        }
    }
}
