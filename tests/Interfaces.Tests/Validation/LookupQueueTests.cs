using Armature.Testing;
using Armature.Validation.Lookups;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Validation;

public sealed class LookupQueueTests
{
    [Fact]
    public async Task FindAsync_AnyQuestionsAtOnce_AsksEachValueOnceAndAnswersEveryAsker()
    {
        await Gen.Select(Gen.Int[0, 40].HashSet[0, 12].Array[1, 8], Gen.Int[1, 5], Gen.Int[1, 3]).SampleAsync(async (questions, maxValues, maxCalls) =>
        {
            var source = new NumberSource();
            var queue = new LookupQueue<int>(source.Lookup(new() { MaxValues = maxValues }), maxCalls, maxRemembered: 1_000);

            var replies = await Task.WhenAll(questions.Select(values => queue.FindAsync([.. values], CancellationToken.None)));

            foreach (var (values, reply) in questions.Zip(replies))
            {
                reply.Answers.ShouldBe(values.Select(NumberSource.AnswerOf));
            }

            source.Asked.ShouldBeUnique();
            source.Asked.Order().ShouldBe(questions.SelectMany(values => values).Distinct().Order());
            source.LargestCall.ShouldBeLessThanOrEqualTo(maxValues);
            source.MostAtOnce.ShouldBeLessThanOrEqualTo(maxCalls);
        });
    }

    [Fact]
    public async Task FindAsync_CallUnderWay_WhatComesMeanwhileGoesTogether()
    {
        var gate = new Gate();
        var source = new NumberSource { Gate = gate };
        var queue = new LookupQueue<int>(source.Lookup(), 1, 100);
        var first = queue.FindAsync([1], CancellationToken.None);
        await gate.WaitForEnteredAsync(1);

        var later = Enumerable.Range(1, 50).Select(value => queue.FindAsync([value, value + 50], CancellationToken.None)).ToArray();
        gate.Open();

        await Task.WhenAll([first, .. later]);
        source.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task FindAsync_MoreThanIsRemembered_AsksTheOldestAgain()
    {
        var source = new NumberSource();
        var queue = new LookupQueue<int>(source.Lookup(), 1, maxRemembered: 10);
        for (var value = 0; value < 20; value++)
        {
            await queue.FindAsync([value], CancellationToken.None);
        }

        await queue.FindAsync([0, 19], CancellationToken.None);

        source.Asked.Count(value => value == 0).ShouldBe(2);
        source.Asked.Count(value => value == 19).ShouldBe(1);
    }

    [Fact]
    public async Task FindAsync_Fails_TriesAgainAndSaysFailedAndForgets()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var source = new NumberSource { Failures = 3 };
        var told = new List<string>();
        var queue = new LookupQueue<int>(source.Lookup(new() { MaxAttempts = 3, Backoff = TimeSpan.FromSeconds(1) }, time), 1, 100, exception => told.Add(exception.Message));

        var finding = queue.FindAsync([1, 2], CancellationToken.None);
        await Eventually.BecomesTrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return finding.IsCompleted;
            },
            "all attempts are made");

        (await finding).Answers.ShouldBe([LookupAnswer.Failed, LookupAnswer.Failed]);
        (await finding).Failure.ShouldBe("System.IO.IOException");
        source.Calls.ShouldBe(3);
        told.ShouldBe(["no connection", "no connection", "no connection"]);
        (await queue.FindAsync([1], CancellationToken.None)).Answers.ShouldBe([LookupAnswer.Missing]);
    }

    [Fact]
    public async Task FindAsync_FailsOnce_AnswersAtTheSecondAttempt()
    {
        var source = new NumberSource { Failures = 1 };
        var queue = new LookupQueue<int>(source.Lookup(new() { Backoff = TimeSpan.Zero }), 1, 100);

        var reply = await queue.FindAsync([2], CancellationToken.None);

        reply.Answers.ShouldBe([LookupAnswer.Found]);
        reply.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task FindAsync_TakesTooLong_IsATimeout()
    {
        var time = new FakeTimeProvider();
        var gate = new Gate();
        var queue = new LookupQueue<int>(new NumberSource { Gate = gate }.Lookup(new() { MaxAttempts = 1, Timeout = TimeSpan.FromSeconds(5) }, time), 1, 100);

        var finding = queue.FindAsync([1], CancellationToken.None);
        await gate.WaitForEnteredAsync(1);
        time.Advance(TimeSpan.FromSeconds(6));

        (await finding).Failure.ShouldBe("System.TimeoutException");
    }

    [Fact]
    public async Task TryFindAsync_PatienceEnds_GoesOnAndAnswersTheNextQuestion()
    {
        var time = new FakeTimeProvider();
        var gate = new Gate();
        var source = new NumberSource { Gate = gate };
        var queue = new LookupQueue<int>(source.Lookup(null, time), 1, 100);
        var finding = queue.TryFindAsync([2], TimeSpan.FromSeconds(5), CancellationToken.None);
        await gate.WaitForEnteredAsync(1);

        time.Advance(TimeSpan.FromSeconds(6));
        (await finding).ShouldBeNull();
        gate.Open();

        (await queue.FindAsync([2], CancellationToken.None)).Answers.ShouldBe([LookupAnswer.Found]);
        source.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task FindAsync_OneAskerLeaves_TheOtherIsAnswered()
    {
        var gate = new Gate();
        var source = new NumberSource { Gate = gate };
        var queue = new LookupQueue<int>(source.Lookup(), 1, 100);
        using var cancellation = new CancellationTokenSource();
        var leaving = queue.FindAsync([1, 2], cancellation.Token);
        var staying = queue.FindAsync([2, 3], CancellationToken.None);
        await gate.WaitForEnteredAsync(1);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(leaving);
        gate.Open();

        (await staying).Answers.ShouldBe([LookupAnswer.Found, LookupAnswer.Missing]);
    }

    [Fact]
    public async Task FindAsync_AllAskersLeave_StopsTheCallAndAsksAnewLater()
    {
        var gate = new Gate();
        var source = new NumberSource { Gate = gate };
        var queue = new LookupQueue<int>(source.Lookup(), 1, 100);
        using var cancellation = new CancellationTokenSource();
        var leaving = queue.FindAsync([2], cancellation.Token);
        await gate.WaitForEnteredAsync(1);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(leaving);

        await Eventually.BecomesTrueAsync(() => source.Cancelled == 1, "the call is told to stop");
        gate.Open();

        (await queue.FindAsync([2], CancellationToken.None)).Answers.ShouldBe([LookupAnswer.Found]);
    }
}
