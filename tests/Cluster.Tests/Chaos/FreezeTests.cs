using Armature.Batching;
using Armature.Clustering;
using Armature.Testing;
using Armature.Testing.Processes;

namespace Armature.Chaos;

/// <summary>SIGSTOP for longer than the others need to declare a silo dead, then SIGCONT.</summary>
[Collection(ChaosCollection.Name)]
public sealed class FreezeTests(ChaosCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Freeze_OneSilo_ItsPlainBatchIsLostItsDurableOneGoesOnAndTheZombieChangesNothing()
    {
        using var story = await cluster.BeginAsync(output);
        var lost = await ChaosBatch.SubmitAsync(cluster.Client, items: 3_000, milliseconds: 100);
        var zombie = await cluster.CoordinatorOfAsync(lost.Id);
        var durable = await cluster.SubmitAsync(silo => silo == zombie, items: 800, new() { Durable = true });
        var worked = await cluster.SubmitAsync(silo => silo != zombie, items: 800);
        foreach (var batch in (ChaosBatch[])[lost, durable, worked])
        {
            await batch.HasDoneAsync(60);
        }

        var frozen = story.Now;
        await IsFrozenUntilDeadAsync(story, zombie);
        var error = await lost.FailsAsync();
        story.Tell($"{(story.Now - frozen).TotalSeconds:F1} s after the freeze the caller of its plain batch reads: {error.Message}");
        error.ShouldBeAssignableTo<ArmatureException>();
        var done = lost.Done;
        await durable.HasDoneAsync(durable.Done + 50);
        story.Tell($"another goes on with its durable batch, {durable.Done} items are done");
        await worked.CompletesAsync();
        var results = worked.Results.ToList();
        story.Tell("the batch it worked for is complete without it; the zombie wakes");
        zombie.Thaw();

        await zombie.WaitForExitAsync().WaitAsync(Bound);
        story.Tell("the zombie has ended itself");
        await durable.CompletesAsync();
        await worked.CompletesAsync();
        worked.Results.ShouldBe(results);
        lost.Done.ShouldBe(done);
        await Should.ThrowAsync<BatchNotFoundException>(lost.GetStatusAsync);
        story.Tell($"the durable batch is complete; its longest silence was {durable.LongestSilence.TotalSeconds:F1} s");
    }

    private async Task IsFrozenUntilDeadAsync(Story story, SiloProcess silo)
    {
        story.Tell($"{cluster.Name(silo)} is frozen");
        silo.Freeze();
        foreach (var other in cluster.Members.Where(member => member != silo))
        {
            await Eventually.BecomesTrueAsync(async () => await other.GetStatusOfAsync(silo) == "Dead", "the frozen silo is dead for the others");
        }

        story.Tell("it is dead for the others");
    }
}
