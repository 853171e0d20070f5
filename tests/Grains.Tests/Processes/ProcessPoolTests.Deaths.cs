using System.Diagnostics;
using Armature.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Processes;

public sealed partial class ProcessPoolTests
{
    [Fact]
    public async Task SendAsync_ChildExits_ThrowsItsExitCodeAndLastWordsAndReplacesIt()
    {
        await using var pool = await TestPool.StartAsync();
        var before = await pool.AskAsync("pid");

        var death = await Should.ThrowAsync<ProcessDiedException>(() => pool.AskAsync("exit 3"));

        death.Cause.ShouldBe(ProcessDeathCause.Exited);
        death.ExitCode.ShouldBe(3);
        death.Signal.ShouldBeNull();
        death.StandardError.ShouldBe("leaving with 3");
        (await pool.AskAsync("pid")).ShouldNotBe(before);
    }

    [Fact]
    public async Task SendAsync_ChildCrashes_NamesTheSignal()
    {
        await using var pool = await TestPool.StartAsync();

        var death = await Should.ThrowAsync<ProcessDiedException>(() => pool.AskAsync("abort"));

        death.Cause.ShouldBe(ProcessDeathCause.Exited);
        death.Signal.ShouldBe(6);
        death.Message.ShouldContain("SIGABRT");
        death.StandardError.ShouldContain("flux overflow");
    }

    [Fact]
    public async Task SendAsync_ChildIsKilledFromOutside_IsThatRequestsErrorAndTheNextSucceeds()
    {
        await using var pool = await TestPool.StartAsync();
        var running = pool.AskAsync("hang");
        using (var child = Process.GetProcessById(pool.Pool.ProcessIds.ShouldHaveSingleItem()))
        {
            child.Kill();
        }

        var death = await Should.ThrowAsync<ProcessDiedException>(() => running);

        death.Signal.ShouldBe(9);
        (await pool.AskAsync("echo next")).ShouldBe("echo next");
    }

    [Fact]
    public async Task SendAsync_CtrlCReachesTheChild_ItGoesOn()
    {
        using var folder = new TemporaryFolder();
        await using var pool = await TestPool.StartAsync();
        var before = await pool.AskAsync("pid");
        var running = pool.AskAsync($"wait-for-file {folder.File("started")} {folder.File("gate")}");
        await Eventually.BecomesTrueAsync(() => File.Exists(folder.File("started")), "the request runs");
        using (var child = Process.GetProcessById(pool.Pool.ProcessIds.ShouldHaveSingleItem()))
        {
            child.SendInterrupt();
        }

        await File.WriteAllTextAsync(folder.File("gate"), "", TestContext.Current.CancellationToken);

        await running;
        (await pool.AskAsync("pid")).ShouldBe(before);
    }

    [Fact]
    public async Task SendAsync_OneChildDies_NeighboursAreUnharmed()
    {
        using var folder = new TemporaryFolder();
        var options = TestPool.Options();
        options.Size = 2;
        await using var pool = await TestPool.StartAsync(options, TimeProvider.System);
        var neighbour = pool.AskAsync($"wait-for-file {folder.File("started")} {folder.File("gate")}");
        await Eventually.BecomesTrueAsync(() => File.Exists(folder.File("started")), "the neighbour runs");

        await Should.ThrowAsync<ProcessDiedException>(() => pool.AskAsync("exit 1"));

        await File.WriteAllTextAsync(folder.File("gate"), "");
        int.Parse(await neighbour).ShouldBeOneOf([.. pool.Pool.ProcessIds]);
    }

    [Fact]
    public async Task SendAsync_DeadlinePasses_KillsAndReplacesTheChild()
    {
        var time = new FakeTimeProvider();
        await using var pool = await TestPool.StartAsync(TestPool.Options(), time);
        var running = pool.AskAsync("hang");

        time.Advance(TestPool.Options().RequestTimeout);

        var death = await Should.ThrowAsync<ProcessDiedException>(() => running);
        death.Cause.ShouldBe(ProcessDeathCause.DeadlineExceeded);
        death.Message.ShouldContain("600 seconds");
        death.Signal.ShouldBe(9);
        (await pool.AskAsync("echo next")).ShouldBe("echo next");
    }

    [Fact]
    public async Task SendAsync_ChildDoesNotReadALargeRequest_DeadlineEndsItAllTheSame()
    {
        var time = new FakeTimeProvider();
        await using var pool = await TestPool.StartAsync(TestPool.Options(), time, "deaf");
        var running = pool.Pool.SendAsync([new byte[8 << 20]], CancellationToken.None);

        time.Advance(TestPool.Options().RequestTimeout);

        (await Should.ThrowAsync<ProcessDiedException>(() => running)).Cause.ShouldBe(ProcessDeathCause.DeadlineExceeded);
    }

    [Fact]
    public async Task SendAsync_WaitingForAChild_DoesNotCountTowardsTheDeadline()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        await using var pool = await TestPool.StartAsync(TestPool.Options(), time);
        var running = pool.AskAsync($"wait-for-file {folder.File("started")} {folder.File("gate")}");
        var waiting = pool.AskAsync($"wait-for-file {folder.File("started-2")} {folder.File("gate-2")}");
        time.Advance(TestPool.Options().RequestTimeout * 0.75);
        await File.WriteAllTextAsync(folder.File("gate"), "");
        await running;
        await Eventually.BecomesTrueAsync(() => File.Exists(folder.File("started-2")), "the second request runs");

        time.Advance(TestPool.Options().RequestTimeout * 0.75);

        await File.WriteAllTextAsync(folder.File("gate-2"), "");
        (await waiting).ShouldBe(await running);
    }

    [Fact]
    public async Task SendAsync_NeighbourInTheSameChildHangs_IsToldThatItWasNotItsFault()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        var options = TestPool.Options();
        options.MaxInFlight = 2;
        await using var pool = await TestPool.StartAsync(options, time);
        var guilty = pool.AskAsync("hang");
        time.Advance(options.RequestTimeout / 2);
        var neighbour = pool.AskAsync("echo behind it");

        time.Advance(options.RequestTimeout / 2);

        (await Should.ThrowAsync<ProcessDiedException>(() => guilty)).Cause.ShouldBe(ProcessDeathCause.DeadlineExceeded);
        (await Should.ThrowAsync<ProcessDiedException>(() => neighbour)).Cause.ShouldBe(ProcessDeathCause.NeighbourKilled);
    }

    [Theory]
    [InlineData("garbage", "AF 01")]
    [InlineData("answer-another", "4711")]
    public async Task SendAsync_ChildWritesWhatIsNoAnswer_IsKilledAndReplaced(string request, string reason)
    {
        await using var pool = await TestPool.StartAsync();

        var death = await Should.ThrowAsync<ProcessDiedException>(() => pool.AskAsync(request));

        death.Cause.ShouldBe(ProcessDeathCause.MalformedOutput);
        death.Message.ShouldContain(reason);
        (await pool.AskAsync("echo next")).ShouldBe("echo next");
    }

    [Fact]
    public async Task SendAsync_GrandchildHoldsTheOutputOpen_DeathIsSeenAllTheSame()
    {
        await using var pool = await TestPool.StartAsync();
        using var grandchild = Process.GetProcessById(int.Parse(await pool.AskAsync("grandchild")));

        var death = await Should.ThrowAsync<ProcessDiedException>(() => pool.AskAsync("exit 4"));

        death.ExitCode.ShouldBe(4);
        grandchild.Kill();
    }
}
