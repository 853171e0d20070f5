namespace Armature.Processes;

/// <content>How many requests a child has at a time.</content>
public sealed partial class ProcessPoolTests
{
    [Fact]
    public async Task SendAsync_ChildWantsThree_HasThreeAtATime()
    {
        await using var pool = await TestPool.StartAsync(Adapting(maxInFlight: 4), TimeProvider.System, "wants", "3");

        string[] answers = await Task.WhenAll(pool.AskAsync("a"), pool.AskAsync("b"), pool.AskAsync("c"));

        answers.ShouldAllBe(answer => answer.Length == 0);
    }

    [Fact]
    public async Task SendAsync_ChildWantsMoreThanItMay_IsKilled()
    {
        await using var pool = await TestPool.StartAsync(Adapting(maxInFlight: 4), TimeProvider.System, "wants", "5");

        var died = await Should.ThrowAsync<ProcessDiedException>(() => pool.AskAsync("a"));

        died.Cause.ShouldBe(ProcessDeathCause.MalformedOutput);
        died.Message.ShouldContain("1 to 4 requests");
    }

    [Fact]
    public async Task SendAsync_PoolDoesNotAdapt_ChildThatWantsIsKilled()
    {
        await using var pool = await TestPool.StartAsync("wants", "1");

        (await Should.ThrowAsync<ProcessDiedException>(() => pool.AskAsync("a"))).Cause.ShouldBe(ProcessDeathCause.MalformedOutput);
    }

    private static ProcessPoolOptions Adapting(int maxInFlight)
    {
        var options = TestPool.Options();
        options.MaxInFlight = maxInFlight;
        options.AdaptsInFlight = true;
        return options;
    }
}
