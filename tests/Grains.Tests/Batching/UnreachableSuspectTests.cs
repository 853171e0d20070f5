using Armature.Testing;

namespace Armature.Batching;

/// <summary>Suspects whose silo refuses them, or is dead before they are sent: who has not run is not to blame.</summary>
public sealed class UnreachableSuspectTests : DurableBench
{
    private const int ManyTimes = 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_SuspectIsRefusedAgainAndAgain_StaysSuspectAndCostsNoAttempt(bool answers)
    {
        var asked = 0;
        var nodes = new FakeNodes { Failing = silo => silo.Endpoint.Port == 3 ? FakeNodes.Refusal(silo) : null };
        nodes.Answering = silo => !answers && silo.Endpoint.Port == 3 && nodes.FailedCalls > 0 && ++asked % 2 == 1 ? FakeNodes.Refusal(silo) : null;
        var batch = await BeginAndKillAsync(nodes);

        await AdvanceUntilAsync(() => nodes.FailedCalls >= ManyTimes, "it was refused many times");
        nodes.Failing = _ => null;

        var suspect = await AdvanceUntilNextAsync(nodes);
        suspect.Request.Attempt.ShouldBe(1);
        suspect.Request.IsAlone.ShouldBeTrue();
        suspect.Complete();
        await EndAsync(batch);
        (await RecordedBatchAsync()).Attempts.ShouldBeEmpty();
        batch.LatestStatus.Succeeded.ShouldBe(3);
    }

    [Fact]
    public async Task RunAsync_SuspectIsRefusedAndItsSiloIsThenGone_NamesNobody()
    {
        var nodes = new FakeNodes();
        nodes.Holding = silo =>
        {
            if (silo.Endpoint.Port == 3)
            {
                nodes.Refusing[silo] = true;
            }

            return Task.FromResult(true);
        };
        var batch = await BeginAndKillAsync(nodes);
        await Eventually.BecomesTrueAsync(() => nodes.FailedCalls == 1, "the suspect was refused");
        await Eventually.BecomesTrueAsync(async () => (await MarksAsync()).Count == 0, "its mark was taken back");

        nodes.Kill(nodes.Others.Single());
        await AnswerAllAsync(nodes, batch);

        batch.LatestStatus.Succeeded.ShouldBe(3);
    }

    [Fact]
    public async Task RunAsync_SiloIsKnownToBeDeadBeforeTheSuspectIsSent_NamesNobody()
    {
        var nodes = new FakeNodes();
        nodes.Holding = silo =>
        {
            if (silo.Endpoint.Port == 3)
            {
                nodes.Kill(silo);
            }

            return Task.FromResult(true);
        };

        var batch = await BeginAndKillAsync(nodes);
        await AnswerAllAsync(nodes, batch);

        batch.LatestStatus.Succeeded.ShouldBe(3);
    }

    [Fact]
    public async Task RunAsync_CallOfASuspectFailsAndItsSiloAnswers_CountsAsAnAttempt()
    {
        var nodes = new FakeNodes();
        var batch = await BeginAndKillAsync(nodes);
        var suspect = await nodes.NextAsync();

        suspect.Fail(new InvalidOperationException("It cannot be sent."));

        var again = await AdvanceUntilNextAsync(nodes);
        again.Indices.ShouldBe(suspect.Indices);
        again.Request.Attempt.ShouldBe(2);
        again.Complete();
        await EndAsync(batch);
        batch.LatestStatus.Succeeded.ShouldBe(3);
    }

    [Fact]
    public async Task RunAsync_CallOfASuspectFailsAndItsSiloIsGoneLater_IsNamed()
    {
        var nodes = new FakeNodes();
        var batch = await BeginAndKillAsync(nodes);
        var suspect = await nodes.NextAsync();
        nodes.Silent[suspect.Silo] = true;

        suspect.Fail(new TimeoutException("It did not end."));
        await AdvanceUntilAsync(() => nodes.Unanswered >= 3, "its silo was asked again and again");
        (await MarksAsync()).ShouldBe(["alone"]);
        nodes.Kill(suspect.Silo);

        await EndAsync(batch);
        batch.LatestStatus.Failed.ShouldBe(1);
    }
}
