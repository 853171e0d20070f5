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
    public async Task Freeze_Worker_WhatTheZombieAnswersChangesNothing()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await ChaosBatch.SubmitAsync(cluster.Client, items: 1_000, milliseconds: 100);
        await batch.HasDoneAsync(60);
        var coordinator = await cluster.CoordinatorOfAsync(batch.Id);
        var zombie = cluster.Members.First(member => member != coordinator);

        await IsFrozenUntilDeadAsync(story, zombie);
        await batch.CompletesAsync();
        var results = batch.Results.ToList();
        story.Tell("the batch is complete without it");
        zombie.Thaw();

        await zombie.WaitForExitAsync().WaitAsync(Bound);
        story.Tell("the zombie has ended itself");
        await batch.CompletesAsync();
        batch.Results.ShouldBe(results);
    }

    [Fact]
    public async Task Freeze_CoordinatorOfAPlainBatch_TheCallerIsToldAndTheZombieGivesNothingMore()
    {
        using var story = await cluster.BeginAsync(output);
        var batch = await ChaosBatch.SubmitAsync(cluster.Client, items: 3_000, milliseconds: 100);
        await batch.HasDoneAsync(60);
        var zombie = await cluster.CoordinatorOfAsync(batch.Id);

        var frozen = story.Now;
        await IsFrozenUntilDeadAsync(story, zombie);
        var error = await batch.FailsAsync();
        var done = batch.Done;
        story.Tell($"{(story.Now - frozen).TotalSeconds:F1} s after the freeze the caller reads: {error.Message}");
        zombie.Thaw();

        await zombie.WaitForExitAsync().WaitAsync(Bound);
        story.Tell("the zombie has ended itself");
        error.ShouldBeAssignableTo<ArmatureException>();
        batch.Done.ShouldBe(done);
        await Should.ThrowAsync<BatchNotFoundException>(batch.GetStatusAsync);
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
