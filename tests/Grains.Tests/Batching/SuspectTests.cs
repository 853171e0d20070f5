using Armature.Testing;

namespace Armature.Batching;

/// <summary>Items that were on a silo when it died: which of them is named, and which is not.</summary>
public sealed class SuspectTests : DurableBench
{
    [Fact]
    public async Task RunAsync_SuspectWasAloneWhenItsSiloDied_IsNamed()
    {
        var nodes = new FakeNodes();
        var batch = await BeginAndKillAsync(nodes);
        var suspect = await nodes.NextAsync();
        suspect.Request.IsAlone.ShouldBeTrue();

        nodes.Kill(suspect.Silo);
        await AnswerAllAsync(nodes, batch);

        batch.LatestStatus.Failed.ShouldBe(1);
        batch.LatestStatus.Succeeded.ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_SiloCouldNotBeHadAlone_ADeathBesideOthersNamesNobody()
    {
        var nodes = new FakeNodes { Holding = _ => Task.FromResult(false) };
        var batch = await BeginAndKillAsync(nodes);
        var suspect = await nodes.NextAsync();
        suspect.Request.IsAlone.ShouldBeFalse();

        nodes.Kill(suspect.Silo);
        var answered = await AnswerAllAsync(nodes, batch);

        answered.ShouldContain(chunk => chunk.Indices.SequenceEqual(suspect.Indices));
        batch.LatestStatus.Failed.ShouldBe(0);
        batch.LatestStatus.Succeeded.ShouldBe(3);
    }

    [Fact]
    public async Task RunAsync_SiloDiesWhileTheSuspectWaitsForIt_NamesNobody()
    {
        var gate = new Gate();
        var nodes = new FakeNodes();
        nodes.Holding = async silo =>
        {
            await gate.PassAsync(CancellationToken.None);
            return nodes.IsActive(silo) ? true : throw new Orleans.Runtime.SiloUnavailableException($"{silo} is dead.");
        };
        var batch = await BeginAndKillAsync(nodes);
        await gate.WaitForEnteredAsync(1);

        nodes.Kill(nodes.Others.Single());
        gate.Open();
        await AnswerAllAsync(nodes, batch);

        batch.LatestStatus.Failed.ShouldBe(0);
        batch.LatestStatus.Succeeded.ShouldBe(3);
    }

    [Fact]
    public async Task RunAsync_SuspectRunsForLong_OthersStartBesideItAndADeathThenNamesNobody()
    {
        var nodes = new FakeNodes();
        var batch = await BeginAndKillAsync(nodes);
        var suspect = await nodes.NextAsync();

        await Eventually.BecomesTrueAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                return nodes.Releases.Contains(suspect.Silo);
            },
            "others may start beside it");
        (await MarksAsync()).ShouldBe(["beside"]);
        nodes.Kill(suspect.Silo);
        await AnswerAllAsync(nodes, batch);

        batch.LatestStatus.Failed.ShouldBe(0);
        batch.LatestStatus.Succeeded.ShouldBe(3);
    }

    [Fact]
    public async Task RunAsync_SiloForASuspectDoesNotAnswer_TheItemStaysSuspect()
    {
        var holds = 0;
        var nodes = new FakeNodes
        {
            Holding = silo => ++holds == 1 ? Task.FromException<bool>(new TimeoutException($"{silo} does not answer.")) : Task.FromResult(true),
        };
        var batch = await BeginAndKillAsync(nodes);

        var suspect = await AdvanceUntilNextAsync(nodes);
        suspect.Request.IsAlone.ShouldBeTrue();
        suspect.Request.Attempt.ShouldBe(1);
        suspect.Complete();

        await EndAsync(batch);
        batch.LatestStatus.Succeeded.ShouldBe(3);
    }

    [Fact]
    public async Task RunAsync_DeathOfTheSiloIsNoticedLate_TheSuspectWasAloneAndIsNamed()
    {
        var nodes = new FakeNodes();
        var batch = await BeginAndKillAsync(nodes);
        var suspect = await nodes.NextAsync();
        nodes.Silent[suspect.Silo] = true;

        await Eventually.BecomesTrueAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                return nodes.Unanswered >= 2;
            },
            "it was asked twice whether it lives");
        (await MarksAsync()).ShouldBe(["alone"]);
        nodes.Kill(suspect.Silo);
        await AnswerAllAsync(nodes, batch);

        nodes.Releases.ShouldBeEmpty();
        batch.LatestStatus.Failed.ShouldBe(1);
        batch.LatestStatus.Succeeded.ShouldBe(2);
    }

    [Fact]
    public async Task ResumeAsync_SiloDiedTogetherWithItsCoordinator_ItsItemsAreSuspectToo()
    {
        var first = new FakeNodes();
        first.Add(2, capacity: 1);
        await BeginAsync(Kept, first, items: 4);
        await TakeAsync(first, 4);

        // Neither of the two answers any more, and the coordinator had noticed nothing.
        var second = new FakeNodes(localPort: 20);
        second.Add(21, capacity: 4);
        var batch = await ResumeAsync(Kept, second);
        var answered = await AnswerAllAsync(second, batch);

        answered.Count.ShouldBe(4);
        answered.ShouldAllBe(chunk => chunk.Request.IsAlone);
        batch.LatestStatus.Succeeded.ShouldBe(4);
    }

    [Fact]
    public async Task ResumeAsync_SiloIsSlowToAnswer_WhatItHasIsNotSuspect()
    {
        var first = new FakeNodes();
        first.Add(2, capacity: 1);
        await BeginAsync(Kept, first, items: 4);
        var chunks = await TakeAsync(first, 4);
        var onOther = chunks.Where(chunk => !chunk.Silo.Equals(first.Local)).SelectMany(chunk => chunk.Indices).ToList();

        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new FakeNodes(localPort: 20) { Describing = silo => silo.Endpoint.Port == 2 ? answer.Task : Task.CompletedTask };
        second.Add(2, capacity: 1);
        var resuming = ResumeAsync(Kept, second);
        await Eventually.BecomesTrueAsync(() => second.Asked >= 2, "both silos were asked");
        for (var i = 0; i < 20; i++)
        {
            // In steps, since the wait may begin only after the first.
            Time.Advance(TimeSpan.FromMilliseconds(50));
            await On(() => Task.FromResult(i));
        }

        answer.SetResult();
        var batch = await resuming;
        var answered = await AnswerAllAsync(second, batch);

        answered.Where(chunk => !chunk.Request.IsAlone).SelectMany(chunk => chunk.Indices).ShouldBe(onOther, ignoreOrder: true);
        batch.LatestStatus.Succeeded.ShouldBe(4);
    }

    [Fact]
    public async Task RunAsync_NeverAloneAndEverySiloDies_IsNamedAfterFiveDeaths()
    {
        var nodes = new FakeNodes { Holding = _ => Task.FromResult(false) };
        nodes.Add(2, capacity: 1);
        var batch = await BeginAsync(Kept, nodes, items: 1);
        var deaths = 0;
        for (var chunk = await nodes.NextAsync(); ; chunk = await nodes.NextAsync())
        {
            var joined = nodes.Add(100 + deaths, capacity: 1);
            await Eventually.BecomesTrueAsync(() => batch.LatestStatus.Silos.Any(silo => silo.Silo == joined.ToString()), "another has joined");
            nodes.Kill(chunk.Silo);
            if (++deaths == Suspects.MostDeaths)
            {
                break;
            }
        }

        await EndAsync(batch);
        batch.LatestStatus.Failed.ShouldBe(1);
    }

    [Fact]
    public async Task ResumeAsync_SuspectWasBesideOthersWhenBothSilosDied_IsNotNamed()
    {
        var first = new FakeNodes(localPort: 1) { Holding = _ => Task.FromResult(false) };
        await BeginAndKillAsync(first);
        var suspect = await first.NextAsync();

        var second = new FakeNodes(localPort: 20);
        second.Add(21, capacity: 1);
        var batch = await ResumeAsync(Kept, second);
        var answered = await AnswerAllAsync(second, batch);

        answered.ShouldContain(chunk => chunk.Indices.SequenceEqual(suspect.Indices) && chunk.Request.IsAlone);
        batch.LatestStatus.Failed.ShouldBe(0);
        batch.LatestStatus.Succeeded.ShouldBe(3);
    }

    [Fact]
    public async Task ResumeAsync_SiloWhereASuspectWasAloneLives_TakesItsMarkBack()
    {
        var first = new FakeNodes(localPort: 1);
        await BeginAndKillAsync(first);
        var suspect = await first.NextAsync();
        var living = suspect.Silo.Endpoint.Port;

        // Should that silo die from here on, the mark of the coordinator before would accuse the item.
        (await HasMarkOfAsync(suspect)).ShouldBeTrue();
        var second = new FakeNodes(localPort: 20);
        second.Add(living, capacity: 1);
        await ResumeAsync(Kept, second);
        await Eventually.BecomesTrueAsync(async () => !await HasMarkOfAsync(suspect), "its mark was taken back");
    }

    [Fact]
    public async Task ResumeAsync_ItemHadFailedOnce_GoesOnWithItsSecondAttempt()
    {
        var first = new FakeNodes(localPort: 1);
        await BeginAsync(Kept, first, items: 1);
        var failed = await first.NextAsync();
        failed.FailItems(Errors(0));
        await Eventually.BecomesTrueAsync(async () => (await RecordedBatchAsync()).Attempts.Count == 1, "the attempt is recorded");

        var second = new FakeNodes(localPort: 2);
        second.Add(1, capacity: 1);
        await ResumeAsync(Kept, second);

        (await second.NextAsync()).Request.Attempt.ShouldBe(2);
    }

    private async Task<bool> HasMarkOfAsync(HeldChunk chunk)
    {
        var recorded = await RecordedBatchAsync();
        return recorded.Alone.Any(mark => mark.Key.EndsWith($"/{chunk.Request.ChunkId}", StringComparison.Ordinal));
    }
}
