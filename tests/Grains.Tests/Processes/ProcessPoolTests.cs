using System.Text;
using Armature.Testing;

namespace Armature.Processes;

public sealed partial class ProcessPoolTests
{
    [Fact]
    public async Task SendAsync_SeveralParts_AnswersTheirBytesInOrder()
    {
        await using var pool = await TestPool.StartAsync();
        var large = Random.Shared.GetItems("abcdefgh"u8, 3_000_000);

        using var answer = await pool.Pool.SendAsync(["echo "u8.ToArray(), large, "!"u8.ToArray()], CancellationToken.None);

        answer.Payload.Span.SequenceEqual([.. "echo "u8, .. large, .. "!"u8]).ShouldBeTrue();
    }

    [Fact]
    public async Task SendAsync_ManyAtOnce_EveryCallerGetsItsOwnAnswer()
    {
        var options = TestPool.Options();
        options.Size = 2;
        await using var pool = await TestPool.StartAsync(options, TimeProvider.System);

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => pool.AskAsync($"echo {i}")));

        answers.ShouldBe(Enumerable.Range(0, 500).Select(i => $"echo {i}"));
    }

    [Fact]
    public async Task SendAsync_ChildFailsTheRequest_ThrowsItsCodeAndKeepsTheChild()
    {
        await using var pool = await TestPool.StartAsync();
        var before = await pool.AskAsync("pid");

        var failure = await Should.ThrowAsync<ProcessRequestException>(() => pool.AskAsync("fail bad_flux it is too weak"));

        failure.Code.ShouldBe("bad_flux");
        failure.Message.ShouldBe("it is too weak");
        (await pool.AskAsync("pid")).ShouldBe(before);
    }

    [Fact]
    public async Task SendAsync_HandlerThrows_FailsWithTheGeneralCode()
    {
        await using var pool = await TestPool.StartAsync();

        var failure = await Should.ThrowAsync<ProcessRequestException>(() => pool.AskAsync("throw"));

        failure.Code.ShouldBe(RequestFailure.Failed);
        failure.Message.ShouldContain("flux");
    }

    [Fact]
    public async Task SendAsync_ConsoleOutputInTheChild_DoesNotMixWithFrames()
    {
        await using var pool = await TestPool.StartAsync();

        (await pool.AskAsync("write-to-console")).ShouldBe("written");
        (await pool.AskAsync("echo after")).ShouldBe("echo after");
    }

    [Fact]
    public async Task SendAsync_StandardErrorFlood_DoesNotBlock()
    {
        await using var pool = await TestPool.StartAsync();

        (await pool.AskAsync("flood-standard-error 4")).ShouldBe("flooded");
    }

    [Fact]
    public async Task SendAsync_RequestOverTheFrameLimit_FailsBeforeAnythingIsSent()
    {
        var options = TestPool.Options();
        options.MaxFrameBytes = 1024;
        await using var pool = await TestPool.StartAsync(options, TimeProvider.System);

        var failure = await Should.ThrowAsync<FrameException>(() => pool.Pool.SendAsync([new byte[1000], new byte[25]], CancellationToken.None));

        failure.Message.ShouldContain("1,024");
        (await pool.AskAsync("echo well")).ShouldBe("echo well");
    }

    [Fact]
    public async Task SendAsync_AnswerOverTheFrameLimit_FailsAndKeepsTheChild()
    {
        var options = TestPool.Options();
        options.MaxFrameBytes = 1024;
        await using var pool = await TestPool.StartAsync(options, TimeProvider.System);

        var failure = await Should.ThrowAsync<ProcessRequestException>(() => pool.AskAsync("big 1025"));

        failure.Message.ShouldContain("1,024");
        (await pool.AskAsync("echo well")).ShouldBe("echo well");
    }

    [Fact]
    public async Task SendAsync_EveryChildBusyAndQueueFull_FailsAtOnceAndNamesTheLimit()
    {
        using var folder = new TemporaryFolder();
        var options = TestPool.Options();
        options.MaxQueued = 1;
        await using var pool = await TestPool.StartAsync(options, TimeProvider.System);
        var running = pool.AskAsync($"wait-for-file {folder.File("started")} {folder.File("gate")}");
        var waiting = pool.AskAsync("echo waited");

        var failure = await Should.ThrowAsync<ProcessUnavailableException>(() => pool.AskAsync("echo too many"));

        failure.Reason.ShouldBe(ProcessUnavailableReason.QueueFull);
        failure.Message.ShouldContain(nameof(ProcessPoolOptions.MaxQueued));
        await File.WriteAllTextAsync(folder.File("gate"), "");
        await running;
        (await waiting).ShouldBe("echo waited");
    }

    [Fact]
    public async Task SendAsync_SecretsInTheEnvironmentOfTheOwner_StayThere()
    {
        Environment.SetEnvironmentVariable("ARMATURE__REDIS__CONNECTIONSTRING", "redis,password=hush");
        await using var pool = await TestPool.StartAsync();

        var environment = await pool.AskAsync("environment");

        environment.ShouldNotContain("hush");
        environment.ShouldContain($"{ChildEnvironment.ParentId}={Environment.ProcessId}");
        environment.ShouldContain("PATH=");
    }

    [Fact]
    public async Task SendAsync_EveryChild_HasADirectoryOfItsOwnThatGoesWithIt()
    {
        string directory;
        await using (var pool = await TestPool.StartAsync())
        {
            directory = await pool.AskAsync("directory");
            Directory.Exists(directory).ShouldBeTrue();
            directory.ShouldNotBe(Environment.CurrentDirectory);
        }

        Directory.Exists(directory).ShouldBeFalse();
    }

    [Fact]
    public async Task SendAsync_PoolWasStartedOnAThreadThatEnded_ChildrenLiveOn()
    {
        var pool = TestPool.Create(TestPool.Options(), TimeProvider.System);
        await using var disposal = pool;
        Task starting = Task.CompletedTask;
        var thread = new Thread(() => starting = pool.Pool.StartAsync(CancellationToken.None));
        thread.Start();
        thread.Join();
        await starting;
        var before = await pool.AskAsync("pid");

        // The kernel gives the number of an ended thread to the next one only after a while; a thread that is gone is gone.
        (await pool.AskAsync("pid")).ShouldBe(before);
        pool.Pool.ProcessIds.ShouldBe([int.Parse(before)]);
    }
}
