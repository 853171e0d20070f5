using Armature.Testing;

namespace Armature.Batching;

/// <summary>Silos that refuse calls or do not answer while they count as active: what that costs items, and what it does not.</summary>
public sealed class UnreachableSiloTests : DurableBench
{
    private const int ManyTimes = 20;

    [Fact]
    public async Task RunAsync_SiloIsDeadAndNobodyHasNoticed_ItsItemsRunElsewhereAtOnceAtTheSameAttempt()
    {
        var nodes = new FakeNodes();
        var dead = nodes.Add(2, capacity: 1);
        var batch = await BeginAsync(Kept, nodes, items: 6);
        var chunks = await TakeAsync(nodes, 4);

        nodes.Refusing[dead] = true;
        chunks.Where(chunk => chunk.Silo.Equals(dead)).ToList().ForEach(chunk => chunk.Complete());
        await Eventually.BecomesTrueAsync(() => nodes.FailedCalls == 2, "the dead silo has refused two items");
        chunks.Where(chunk => chunk.Silo.Equals(nodes.Local)).ToList().ForEach(chunk => chunk.Complete());

        foreach (var again in await TakeAsync(nodes, 2))
        {
            again.Silo.ShouldBe(nodes.Local);
            again.Request.Attempt.ShouldBe(1);
            again.Complete();
        }

        await EndAsync(batch);
        (await RecordedBatchAsync()).Attempts.ShouldBeEmpty();
        batch.LatestStatus.Succeeded.ShouldBe(6);
        batch.LatestStatus.Retried.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_SiloRefusesAgainAndAgain_CostsNoAttempt()
    {
        var nodes = new FakeNodes();
        var refusing = nodes.Add(2, capacity: 1);
        var batch = await BeginAsync(Kept, nodes, items: 5);
        var chunks = await TakeAsync(nodes, 4);

        // It answers every second question, and is gone again before it is called.
        nodes.Failing = silo => silo.Equals(refusing) ? FakeNodes.Refusal(silo) : null;
        var asked = 0;
        nodes.Answering = silo => silo.Equals(refusing) && ++asked % 2 == 1 ? FakeNodes.Refusal(silo) : null;
        chunks.First(chunk => chunk.Silo.Equals(refusing)).Complete();
        await AdvanceUntilAsync(() => nodes.FailedCalls >= ManyTimes, "it has refused many times");
        nodes.Failing = _ => null;
        nodes.Answering = _ => null;

        var last = await AdvanceUntilNextAsync(nodes);
        last.Silo.ShouldBe(refusing);
        last.Request.Attempt.ShouldBe(1);
        chunks.Append(last).ToList().ForEach(chunk => chunk.Complete());
        await EndAsync(batch);
        (await RecordedBatchAsync()).Attempts.ShouldBeEmpty();
        batch.LatestStatus.Succeeded.ShouldBe(5);
    }

    [Fact]
    public async Task RunAsync_QuestionToARefusingSiloHangs_ItsItemsGoBackAfterThreeSeconds()
    {
        var nodes = new FakeNodes { Describing = silo => silo.Endpoint.Port == 2 && IsHung ? new TaskCompletionSource().Task : Task.CompletedTask };
        var hung = nodes.Add(2, capacity: 1);
        var batch = await StartAsync(nodes, items: 5);
        var chunks = await TakeAsync(nodes, 4);
        IsHung = true;
        nodes.Failing = silo => silo.Equals(hung) ? FakeNodes.Refusal(silo) : null;
        chunks.First(chunk => chunk.Silo.Equals(hung)).Complete();
        await Eventually.BecomesTrueAsync(() => nodes.Asked == 3, "it was asked whether it lives");
        chunks.First(chunk => chunk.Silo.Equals(nodes.Local)).Complete();

        Time.Advance(TimeSpan.FromSeconds(3));
        var again = await nodes.NextAsync();

        again.Silo.ShouldBe(nodes.Local);
        again.Request.Attempt.ShouldBe(1);
        chunks.Append(again).ToList().ForEach(chunk => chunk.Complete());
        await EndAsync(batch);
        batch.LatestStatus.Succeeded.ShouldBe(5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_CallFailsOnASiloThatAnswers_EndsAfterItsAttempts(bool isRefused)
    {
        var nodes = new FakeNodes { Failing = silo => isRefused ? FakeNodes.Refusal(silo) : new InvalidOperationException("It cannot be sent.") };
        nodes.Add(2, capacity: 1);
        var batch = await BeginAsync(Kept, nodes, items: 2);

        await AdvanceUntilAsync(() => !batch.IsRunning, "the batch has ended");

        nodes.FailedCalls.ShouldBe(6);
        batch.LatestStatus.Failed.ShouldBe(2);
        batch.LatestStatus.Retried.ShouldBe(4);
    }

    [Fact]
    public async Task RunAsync_CallFailsOnASiloThatDoesNotAnswerAndIsThenGone_ItsItemsAreSuspect()
    {
        var nodes = new FakeNodes();
        var dying = nodes.Add(2, capacity: 1);
        var batch = await BeginAsync(Kept, nodes, items: 4);
        var chunks = await TakeAsync(nodes, 4);
        var lost = chunks.First(chunk => chunk.Silo.Equals(dying));

        nodes.Silent[dying] = true;
        lost.Fail(new TimeoutException("It did not end."));
        await Eventually.BecomesTrueAsync(() => nodes.Unanswered > 0, "the silo was asked");
        nodes.Kill(dying);

        chunks.Where(chunk => chunk.Silo.Equals(nodes.Local)).ToList().ForEach(chunk => chunk.Complete());
        var suspects = await TakeAsync(nodes, 1);
        suspects[0].Complete();
        suspects.AddRange(await TakeAsync(nodes, 1));
        suspects[1].Complete();
        await EndAsync(batch);
        suspects.ShouldAllBe(chunk => chunk.Request.IsAlone && chunk.Request.Attempt == 1);
        suspects.ShouldContain(chunk => chunk.Indices.SequenceEqual(lost.Indices));
        batch.LatestStatus.Suspected.ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_SiloAnsweredBeforeACallFailed_IsAskedAgain()
    {
        var gate = new Gate();
        var nodes = new FakeNodes { Describing = silo => silo.Endpoint.Port == 2 && IsHung ? gate.PassAsync(CancellationToken.None) : Task.CompletedTask };
        var dying = nodes.Add(2, capacity: 1);
        var batch = await BeginAsync(Kept, nodes, items: 4);
        var chunks = (await TakeAsync(nodes, 4)).ToLookup(chunk => chunk.Silo.Equals(dying));
        IsHung = true;
        var (first, second) = (chunks[true].First(), chunks[true].Last());

        first.Fail(FakeNodes.Refusal(dying));
        await gate.WaitForEnteredAsync(1);
        second.Fail(FakeNodes.Refusal(dying));
        await Scheduler.StartNew(() => { });
        var asked = nodes.Asked;
        nodes.Answering = silo => nodes.Asked > asked && silo.Equals(dying) ? FakeNodes.Refusal(silo) : null;
        gate.Open();
        chunks[false].ToList().ForEach(chunk => chunk.Complete());

        var again = await nodes.NextAsync();
        again.Indices.ShouldBe(second.Indices);
        again.Request.Attempt.ShouldBe(1);
        again.Complete();
        (await AdvanceUntilNextAsync(nodes)).Complete();
        await EndAsync(batch);
        batch.LatestStatus.Succeeded.ShouldBe(4);
    }

    [Fact]
    public async Task RunAsync_TheOnlySiloRefusesForAWhile_TheBatchSaysSoAndGoesOn()
    {
        var nodes = new FakeNodes();
        var batch = await BeginAsync(Kept, nodes, items: 3);
        var chunks = await TakeAsync(nodes, 2);
        nodes.Refusing[nodes.Local] = true;
        chunks[0].Complete();

        await Eventually.BecomesTrueAsync(() => On(() => Task.FromResult(batch.Status.Waiting is not null)), "it waits");
        batch.Status.Waiting.ShouldNotBeNull().ShouldContain("No silo that has a batch handler 'handler' answers.");
        Time.Advance(TimeSpan.FromMinutes(5));
        await TickAsync(batch);
        batch.IsRunning.ShouldBeTrue();
        nodes.Refusing.Clear();

        var last = await AdvanceUntilNextAsync(nodes);
        last.Request.Attempt.ShouldBe(1);
        last.Complete();
        chunks[1].Complete();
        await EndAsync(batch);
        batch.LatestStatus.Succeeded.ShouldBe(3);
        batch.LatestStatus.Waiting.ShouldBeNull();
    }

    [Fact]
    public async Task CancelAsync_SiloDoesNotAnswer_TheEndDoesNotWaitForIt()
    {
        var (batch, _) = await BeginWithHungSiloAsync();

        await Scheduler.StartNew(batch.CancelAsync).Unwrap();

        await EndAsync(batch);
        batch.LatestStatus.State.ShouldBe(BatchState.Cancelled);
    }

    [Fact]
    public async Task LeaveAsync_SiloDoesNotAnswer_LeavesAtOnceAndCountsNoAttempt()
    {
        var (batch, running) = await BeginWithHungSiloAsync();

        var leaving = Scheduler.StartNew(() => batch.LeaveAsync(TimeSpan.FromSeconds(5))).Unwrap();
        running.ForEach(chunk => chunk.Complete());

        await leaving.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        batch.HasLeft.ShouldBeTrue();
        var recorded = await RecordedBatchAsync();
        recorded.Attempts.ShouldBeEmpty();
        recorded.Running.ShouldBeEmpty();
    }

    private bool IsHung { get; set; }

    /// <summary>A call to one of two silos has failed in an unknown way, and the silo does not answer the question that follows.</summary>
    private async Task<(BatchRun Batch, List<HeldChunk> Running)> BeginWithHungSiloAsync()
    {
        var nodes = new FakeNodes { Describing = silo => silo.Endpoint.Port == 2 && IsHung ? new TaskCompletionSource().Task : Task.CompletedTask };
        var hung = nodes.Add(2, capacity: 1);
        var batch = await BeginAsync(Kept, nodes, items: 10);
        var chunks = await TakeAsync(nodes, 4);
        IsHung = true;
        foreach (var chunk in chunks.Where(chunk => chunk.Silo.Equals(hung)))
        {
            chunk.Fail(new TimeoutException("It did not end."));
        }

        await Eventually.BecomesTrueAsync(() => nodes.Asked > 2, "it was asked whether it lives");
        return (batch, [.. chunks.Where(chunk => !chunk.Silo.Equals(hung))]);
    }
}
