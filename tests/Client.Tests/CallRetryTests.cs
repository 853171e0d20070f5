using Armature.Batching;
using Armature.Storage;
using Armature.Testing;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;

namespace Armature;

public sealed class CallRetryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task CallAsync_NoSiloAnswers_GivesUpAndSaysWhatWasTried()
    {
        var calls = 0;
        var calling = new CallRetry(_time).CallAsync<int>(
            _ =>
            {
                calls++;
                throw new SiloUnavailableException("dead");
            },
            CancellationToken.None);

        await Eventually.BecomesTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return calling.IsCompleted;
            },
            "the call was given up");

        var failure = await Should.ThrowAsync<CallUnansweredException>(calling);
        failure.Attempts.ShouldBe(calls);
        failure.Waited.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(25));
        failure.InnerException.ShouldBeOfType<SiloUnavailableException>();
        failure.Message.ShouldContain($"{calls} attempts, the last ended with SiloUnavailableException");
    }

    [Fact]
    public async Task CallAsync_ProcessWasStoppedDuringAnAttempt_TriesAgain()
    {
        var calls = 0;
        var calling = new CallRetry(_time).CallAsync(
            _ =>
            {
                if (++calls > 1)
                {
                    return Task.FromResult(calls);
                }

                _time.Advance(TimeSpan.FromHours(8));
                throw new TimeoutException();
            },
            CancellationToken.None);

        await Eventually.BecomesTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return calling.IsCompleted;
            },
            "the call was answered or given up");

        (await calling).ShouldBe(2);
    }

    [Fact]
    public async Task CallAsync_RecordsCannotBeWritten_SaysThatAndNotThatSilosAreDown()
    {
        var reason = new RecordStoreException("/data/records-0.db", "the disk is full. Free space on it.");
        var calling = new CallRetry(_time).Patient.CallAsync<int>(_ => throw new BatchHandoverException("batch", reason), CancellationToken.None);

        await Eventually.BecomesTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return calling.IsCompleted;
            },
            "the call was given up");

        var failure = await Should.ThrowAsync<CallUnansweredException>(calling);
        failure.Message.ShouldContain("Record store /data/records-0.db: the disk is full. Free space on it.");
        failure.Message.ShouldNotContain("Its silos are down");
        failure.InnerException!.InnerException.ShouldBe(reason);
    }

    [Fact]
    public async Task CallAsync_CancelledByTheClusterAndNotByTheCaller_IsRepeated()
    {
        var calls = 0;
        var calling = new CallRetry(_time).CallAsync(
            _ => ++calls == 1 ? throw new OperationCanceledException() : Task.FromResult("answer"), CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(1));

        (await calling).ShouldBe("answer");
    }

    [Fact]
    public async Task CallAsync_CancelledByTheCaller_IsNotRepeated()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var calls = 0;

        await Should.ThrowAsync<OperationCanceledException>(new CallRetry(_time).CallAsync<int>(
            token =>
            {
                calls++;
                throw new OperationCanceledException(token);
            },
            cancellation.Token));

        calls.ShouldBe(1);
    }

    [Fact]
    public async Task CallAsync_CallIsRefused_IsNotRepeated()
    {
        var calls = 0;

        await Should.ThrowAsync<FormatException>(new CallRetry(_time).CallAsync<int>(
            _ =>
            {
                calls++;
                throw new FormatException("refused");
            },
            CancellationToken.None));

        calls.ShouldBe(1);
    }
}
