using Armature.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Processes;

public sealed partial class ProcessPoolTests
{
    [Fact]
    public async Task StartAsync_ProgramIsMissing_NamesIt()
    {
        var command = new ChildCommand("/nowhere/flux-capacitor");
        await using var pool = new ProcessPool("test", command, TestPool.Options(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ProcessPool>.Instance);

        var failure = await Should.ThrowAsync<ProcessStartException>(() => pool.StartAsync(CancellationToken.None));

        failure.FileName.ShouldBe("/nowhere/flux-capacitor");
        failure.Message.ShouldContain("no such file");
    }

    [Fact]
    public async Task StartAsync_ChildEndsBeforeItIsReady_ThrowsItsExitCodeAndLastWords()
    {
        var failure = await Should.ThrowAsync<ProcessStartException>(() => TestPool.StartAsync("fails-to-start"));

        failure.Message.ShouldContain("exit code 7");
        failure.StandardError.ShouldBe("no licence for the flux capacitor");
    }

    [Fact]
    public async Task StartAsync_ChildWritesGarbageFirst_Fails()
    {
        var failure = await Should.ThrowAsync<ProcessStartException>(() => TestPool.StartAsync("garbage-first"));

        failure.Message.ShouldContain("AF 01");
    }

    [Fact]
    public async Task StartAsync_ChildIsNeverReady_FailsWhenTheStartTimeIsOver()
    {
        var time = new FakeTimeProvider();
        await using var pool = TestPool.Create(TestPool.Options(), time, "never-ready");
        var starting = pool.Pool.StartAsync(CancellationToken.None);

        await Eventually.BecomesTrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                return starting.IsCompleted;
            },
            "the start time is over");

        (await Should.ThrowAsync<ProcessStartException>(() => starting)).Message.ShouldContain("300 seconds");
    }

    [Fact]
    public async Task StartAsync_SlowStart_WaitsForTheReadyFrame()
    {
        using var folder = new TemporaryFolder();
        await using var pool = TestPool.Create(TestPool.Options(), TimeProvider.System, "ready-when", folder.File("gate"));
        var starting = pool.Pool.StartAsync(CancellationToken.None);
        var early = pool.AskAsync("echo early");
        starting.IsCompleted.ShouldBeFalse();

        await File.WriteAllTextAsync(folder.File("gate"), "");

        await starting;
        (await early).ShouldBe("echo early");
    }

    [Fact]
    public async Task StartAsync_Cancelled_LeavesNoChild()
    {
        using var cancellation = new CancellationTokenSource();
        await using var pool = TestPool.Create(TestPool.Options(), TimeProvider.System, "never-ready");
        var starting = pool.Pool.StartAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => starting);
        pool.Pool.ProcessIds.ShouldBeEmpty();
    }

    [Fact]
    public async Task SendAsync_ReplacementsDoNotStart_FailsWithTheReasonAndRecoversByItself()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        await using var pool = await TestPool.StartAsync(TestPool.Options(), time, "fails-while", folder.File("broken"));
        await File.WriteAllTextAsync(folder.File("broken"), "");
        await Should.ThrowAsync<ProcessDiedException>(() => pool.AskAsync("exit 1"));

        var waiting = pool.AskAsync("echo waits");
        await AdvanceUntilAsync(time, () => waiting.IsCompleted);

        var failure = await Should.ThrowAsync<ProcessUnavailableException>(() => waiting);
        failure.Reason.ShouldBe(ProcessUnavailableReason.CannotStart);
        failure.Message.ShouldContain("flux capacitor");
        failure.InnerException.ShouldBeOfType<ProcessStartException>();

        File.Delete(folder.File("broken"));
        await AdvanceUntilAsync(time, () => pool.Pool.ProcessIds.Count == 1);
        (await pool.AskAsync("echo recovered")).ShouldBe("echo recovered");
    }

    [Fact]
    public async Task StartAsync_ChildDiesUnusedAgainAndAgain_IsNotReplacedInAHotLoop()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        await using var pool = await TestPool.StartAsync(TestPool.Options(), time, "ready-then-dies", folder.File("log"));

        // Its clock stands still, so the pause before the replacement never ends.
        await Eventually.BecomesTrueAsync(() => pool.Pool.ProcessIds.Count == 0, "the child died");
        Starts().ShouldBe(1);

        await AdvanceUntilAsync(time, () => Starts() == 2);

        int Starts() => File.ReadAllText(folder.File("log")).Length;
    }

    private static Task AdvanceUntilAsync(FakeTimeProvider time, Func<bool> condition) =>
        Eventually.BecomesTrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(50));
                return condition();
            },
            "time went on");
}
