using Armature.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Processes;

public sealed partial class ProcessPoolTests
{
    [Fact]
    public async Task SendAsync_ChildAllocatesBeyondTheLimit_DiesAloneAndIsReplaced()
    {
        var options = TestPool.Options();
        options.MemoryLimitBytes = 256L << 20;
        await using var pool = await TestPool.StartAsync(options, TimeProvider.System);

        // Whether the allocation fails first or the watch sees it first, the request is over and the child is another one.
        await Should.ThrowAsync<ArmatureException>(() => pool.AskAsync("allocate-and-hang 2000"));

        (await pool.AskAsync("allocate 10")).ShouldBe("10");
    }

    [Fact]
    public async Task SendAsync_SharedMemoryOverTheLimit_IsKilledByTheWatch()
    {
        var time = new FakeTimeProvider();
        var options = TestPool.Options();
        options.MemoryLimitBytes = 256L << 20;
        await using var pool = await TestPool.StartAsync(options, time);
        var running = pool.AskAsync("map-and-hang 300");

        await Eventually.BecomesTrueAsync(
            () =>
            {
                time.Advance(MemoryWatch.Interval);
                return running.IsCompleted;
            },
            "the watch sees it");

        var death = await Should.ThrowAsync<ProcessDiedException>(() => running);
        death.Cause.ShouldBe(ProcessDeathCause.MemoryLimitExceeded);
        death.Message.ShouldContain("256 MiB are allowed");
    }

    [Fact]
    public async Task SendAsync_ManagedAllocationFails_SaysSoAndReplacesTheChild()
    {
        await using var pool = await TestPool.StartAsync();
        var before = await pool.AskAsync("pid");

        var failure = await Should.ThrowAsync<ProcessRequestException>(() => pool.AskAsync("allocate-managed"));

        failure.Code.ShouldBe(RequestFailure.OutOfMemory);
        (await pool.AskAsync("pid")).ShouldNotBe(before);
    }
}
