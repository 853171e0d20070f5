using System.Diagnostics;
using Armature.Testing;
using Armature.Testing.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Processes;

public sealed partial class ProcessPoolTests
{
    [Fact]
    public async Task SendAsync_CancelledWhileItRuns_KillsAndReplacesTheChild()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        await using var pool = await TestPool.StartAsync();
        var before = await pool.AskAsync("pid");
        var running = pool.AskAsync($"wait-for-file {folder.File("started")} {folder.File("never")}", cancellation.Token);
        await Eventually.BecomesTrueAsync(() => File.Exists(folder.File("started")), "the request runs");

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        (await pool.AskAsync("pid")).ShouldNotBe(before);
    }

    [Fact]
    public async Task SendAsync_CancelledWhileItRunsAndDrained_TellsTheChildAndKeepsIt()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var options = TestPool.Options();
        options.CancelledRequest = CancelledRequestPolicy.Drain;
        await using var pool = await TestPool.StartAsync(options, TimeProvider.System);
        var before = await pool.AskAsync("pid");
        var running = pool.AskAsync($"wait-for-cancel {folder.File("report")}", cancellation.Token);
        await Eventually.BecomesTrueAsync(() => File.Exists(folder.File("report")), "the request runs");

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        (await pool.AskAsync("pid")).ShouldBe(before);
        (await File.ReadAllTextAsync(folder.File("report"))).ShouldBe("cancelled");
    }

    [Fact]
    public async Task SendAsync_CancelledAndDrainedButNeverAnswered_ChildIsKilledWhenTheDrainTimeIsOver()
    {
        using var cancellation = new CancellationTokenSource();
        var time = new FakeTimeProvider();
        var options = TestPool.Options();
        options.CancelledRequest = CancelledRequestPolicy.Drain;
        await using var pool = await TestPool.StartAsync(options, time);
        var running = pool.AskAsync("hang", cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        var next = pool.AskAsync("echo next");
        next.IsCompleted.ShouldBeFalse();

        time.Advance(options.DrainTimeout);

        (await next).ShouldBe("echo next");
    }

    [Fact]
    public async Task SendAsync_CancelledWhileItWaits_LeavesTheLineAndHarmsNobody()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        await using var pool = await TestPool.StartAsync();
        var running = pool.AskAsync($"wait-for-file {folder.File("started")} {folder.File("gate")}");
        var waiting = pool.AskAsync("exit 1", cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        await File.WriteAllTextAsync(folder.File("gate"), "");
        (await pool.AskAsync("pid")).ShouldBe(await running);
    }

    [Fact]
    public async Task SendAsync_AfterTheRecycleLimit_AnotherChildAnswersAndNoRequestIsLost()
    {
        var options = TestPool.Options();
        options.RecycleAfterRequests = 5;
        await using var pool = await TestPool.StartAsync(options, TimeProvider.System);
        var before = await pool.AskAsync("pid");

        // The old child serves until the new one is ready, so how many it serves is not told; none may fail.
        await Eventually.BecomesTrueAsync(async () => await pool.AskAsync("pid") != before, "another child answers");

        var old = int.Parse(before);
        await Eventually.BecomesTrueAsync(() => !ProcessTree.IsAlive(old), "the old child ended");
    }

    [Fact]
    public async Task SendAsync_RetiresAtOnce_EveryRequestHasAChildOfItsOwn()
    {
        var options = TestPool.Options();
        options.RecycleAfterRequests = 1;
        options.RetiresAtOnce = true;
        await using var pool = await TestPool.StartAsync(options, TimeProvider.System);

        var children = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => pool.AskAsync("pid")));

        children.Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public async Task SendAsync_ChildHasGrown_IsRecycled()
    {
        var options = TestPool.Options();
        options.RecycleAboveBytes = 200L << 20;
        await using var pool = await TestPool.StartAsync(options, TimeProvider.System);
        var before = await pool.AskAsync("pid");

        await pool.AskAsync("allocate 250");

        await Eventually.BecomesTrueAsync(async () => await pool.AskAsync("pid") != before, "another child answers");
    }

    [Fact]
    public async Task StopAsync_RequestRuns_LetsItEndAndRefusesOthers()
    {
        using var folder = new TemporaryFolder();
        await using var pool = await TestPool.StartAsync();
        var running = pool.AskAsync($"wait-for-file {folder.File("started")} {folder.File("gate")}");
        var waiting = pool.AskAsync("echo waits");

        var stopping = pool.Pool.StopAsync(CancellationToken.None);

        (await Should.ThrowAsync<ProcessUnavailableException>(() => waiting)).Reason.ShouldBe(ProcessUnavailableReason.NotRunning);
        (await Should.ThrowAsync<ProcessUnavailableException>(() => pool.AskAsync("echo late"))).Reason.ShouldBe(ProcessUnavailableReason.NotRunning);
        await File.WriteAllTextAsync(folder.File("gate"), "");
        var child = int.Parse(await running);
        await stopping;
        ProcessTree.IsAlive(child).ShouldBeFalse();
    }

    [Fact]
    public async Task StopAsync_RequestOutlivesTheBudget_KillsItsChild()
    {
        var time = new FakeTimeProvider();
        var options = TestPool.Options();
        await using var pool = await TestPool.StartAsync(options, time);
        var running = pool.AskAsync("hang");
        var stopping = pool.Pool.StopAsync(CancellationToken.None);

        await Eventually.BecomesTrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                return running.IsCompleted;
            },
            "the budget is over");

        (await Should.ThrowAsync<ProcessDiedException>(() => running)).Cause.ShouldBe(ProcessDeathCause.PoolStopped);
        await stopping;
    }

    [Fact]
    public async Task DisposeAsync_RequestRuns_KillsItAtOnce()
    {
        var pool = await TestPool.StartAsync();
        var child = pool.Pool.ProcessIds.ShouldHaveSingleItem();
        var running = pool.AskAsync("hang");

        await pool.DisposeAsync();

        (await Should.ThrowAsync<ProcessDiedException>(() => running)).Cause.ShouldBe(ProcessDeathCause.PoolStopped);
        ProcessTree.IsAlive(child).ShouldBeFalse();
        await pool.DisposeAsync();
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("deaf")]
    public async Task Pool_OwnerIsKilled_ChildrenDieWithIt(string mode)
    {
        var command = TestPool.Command("owner", mode, "2");
        using var owner = Process.Start(new ProcessStartInfo(command.FileName, command.Arguments) { RedirectStandardOutput = true })!;
        var line = await owner.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var children = line.ShouldNotBeNull().Split(' ').Select(int.Parse).ToList();
        children.Count.ShouldBe(2);
        children.ShouldAllBe(child => ProcessTree.IsAlive(child));

        owner.Kill();

        await Eventually.BecomesTrueAsync(() => !children.Any(ProcessTree.IsAlive), "the children are gone");
    }
}
