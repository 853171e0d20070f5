using Armature.Hosting;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>Failures, attempts, timeouts, cancellation, limits, large payloads: what a caller sees of them.</summary>
public sealed class BatchLifeTests : IAsyncLifetime
{
    private readonly Gate _gate = new();
    private ArmatureCluster? _cluster;

    private BatchClient Batches => _cluster!.Client.Batches;

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(
        2,
        services => services
            .AddSingleton(_gate)
            .AddBatchHandler<Gated>("gated", options => options.Capacity = BatchCapacity.Fixed(2))
            .AddBatchHandler<Flaky>("flaky")
            .AddBatchHandler<Mute>("mute")
            .AddBatchHandler<Endless>("endless")
            .AddBatchHandler<Echo>("echo")
            .AddBatchHandler<Blocking>("blocking")
            .AddBatchHandler<Deaf>("deaf")
            .AddBatchHandler<Scoped>("scoped", options => options.Lifetime = ServiceLifetime.Scoped)
            .AddScoped<ScopeProbe>(),
        options =>
        {
            options.Batching.MaxItems = 1_000;
            options.Batching.MaxInlineBytes = 1 << 20;
            options.Batching.MaxConcurrentBatches = 2;
            options.Batching.RetryBackoff = TimeSpan.FromMilliseconds(1);
            options.Batching.CancellationGrace = TimeSpan.FromMilliseconds(50);
        });

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await _cluster!.DisposeAsync();
    }

    [Fact]
    public async Task RunAsync_ItemFailsTwice_SucceedsAtTheThirdAttempt()
    {
        var result = await Batches.RunAsync<int, int>("flaky", [3, 1, 2]);

        result.Select(item => item.Value).ShouldBe([3, 1, 2]);
    }

    [Fact]
    public async Task RunAsync_ExceptionThatSaysNothing_IsItsItemsError()
    {
        var result = await Batches.RunAsync<int, int>("mute", [0, 1, 2, 3], new() { MaxAttempts = 1 });

        result[0].Value.ShouldBe(0);
        result[1].Error.ShouldNotBeNull().ShouldBe(new ItemError(ItemErrorCodes.HandlerFailed, "MuteException: its message could not be read", 1));
        result[2].Error.ShouldNotBeNull().Code.ShouldBe(ItemErrorCodes.HandlerFailed);
        result[3].Error.ShouldNotBeNull().Code.Length.ShouldBe(BatchLimits.MaxErrorCodeLength);
    }

    [Fact]
    public async Task RunAsync_ItemFailsAlways_ReportsCodeAttemptsAndNeighboursSucceed()
    {
        var result = await Batches.RunAsync<int, int>("flaky", [1, 99, 2]);

        result[0].Value.ShouldBe(1);
        result[2].Value.ShouldBe(2);
        result[1].Error.ShouldNotBeNull().Code.ShouldBe(ItemErrorCodes.HandlerFailed);
        result[1].Error!.Attempts.ShouldBe(3);
        result[1].Error!.Message.ShouldContain("InvalidOperationException: attempt 3");
    }

    [Fact]
    public async Task RunAsync_OneAttempt_IsNotRetried()
    {
        var result = await Batches.RunAsync<int, int>("flaky", [2], new() { MaxAttempts = 1 });

        result[0].Error.ShouldNotBeNull().Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_ItemIgnoresItsToken_IsReportedAsTimedOut()
    {
        var result = await Batches.RunAsync<int, int>("endless", [1], new() { ItemTimeout = TimeSpan.FromMilliseconds(20), MaxAttempts = 2 });

        result[0].Error.ShouldNotBeNull().Code.ShouldBe(ItemErrorCodes.ItemTimeout);
        result[0].Error!.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_TokenCancelled_ThrowsAndStopsWhatRuns()
    {
        using var cancellation = new CancellationTokenSource();
        var running = Batches.RunAsync<int, int>("gated", [.. Enumerable.Range(0, 100)], cancellationToken: cancellation.Token);
        await _gate.WaitForEnteredAsync(4);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
        await Eventually.BecomesTrueAsync(() => _gate.Inside == 0, "no handler runs");
        _gate.Entered.ShouldBe(4);
    }

    [Fact]
    public async Task CancelAsync_Midway_KeepsWhatIsDoneAndNamesTheRest()
    {
        var batch = await Batches.SubmitAsync<int, int>("gated", [.. Enumerable.Range(0, 50)]);
        await _gate.WaitForEnteredAsync(4);
        _gate.Release(1);
        await Eventually.BecomesTrueAsync(async () => (await batch.GetStatusAsync()).Succeeded == 1, "one item is done");

        await batch.CancelAsync();
        var result = await batch.GetResultAsync();

        result.State.ShouldBe(BatchState.Cancelled);
        result.Count.ShouldBe(50);
        result.Succeeded.ShouldBe(1);
        result.Where(item => !item.IsSuccess).ShouldAllBe(item => item.Error!.Code == ItemErrorCodes.Cancelled);
        (await batch.GetStatusAsync()).State.ShouldBe(BatchState.Cancelled);
    }

    [Fact]
    public async Task WatchAsync_FromTheBeginning_TellsTheStory()
    {
        var batch = await Batches.SubmitAsync<int, int>("flaky", [1, 2, 3]);

        var events = await batch.WatchAsync().ToListAsync();

        events[0].Kind.ShouldBe(BatchEventKind.Started);
        events[^1].Kind.ShouldBe(BatchEventKind.Completed);
        events[^1].Status.Done.ShouldBe(3);
        events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(0, events.Count).Select(i => (long)i));
        (await batch.WatchAsync(events[^1].Sequence).ToListAsync()).Single().IsLast.ShouldBeTrue();
    }

    [Fact]
    public async Task GetHandle_RemadeFromId_ReadsTheSameResults()
    {
        var batch = await Batches.SubmitAsync<int, int>("flaky", [2, 3], new() { Id = "named-batch" });

        var again = Batches.GetHandle<int>("named-batch");

        (await again.GetResultAsync()).Select(item => item.Value).ShouldBe((await batch.GetResultAsync()).Select(item => item.Value));
    }

    [Fact]
    public async Task SubmitAsync_SameIdAgain_JoinsTheBatchThatIsThere()
    {
        await Batches.SubmitAsync<int, int>("flaky", [1], new() { Id = "twice" });
        var second = await Batches.SubmitAsync<int, int>("flaky", [1], new() { Id = "twice" });

        (await second.GetResultAsync()).Count.ShouldBe(1);
        (await Batches.ListAsync()).Count(status => status.Id == "twice").ShouldBe(1);
    }

    [Fact]
    public async Task SubmitAsync_SameIdForOtherWork_IsRefusedAndTheBatchGoesOn()
    {
        var batch = await Batches.SubmitAsync<int, int>("gated", [1, 2], new() { Id = "taken" });

        var refusals = new[]
        {
            await RefusalAsync("flaky", [1, 2], new() { Id = "taken" }),
            await RefusalAsync("gated", [1, 2], new() { Id = "taken", MaxAttempts = 7 }),
            await RefusalAsync("gated", [1], new() { Id = "taken" }),
            await RefusalAsync("gated", [1, 2, 3], new() { Id = "taken" }),
        };

        refusals.ShouldAllBe(refusal => refusal.BatchId == "taken");
        (await batch.GetStatusAsync()).State.ShouldBe(BatchState.Running);
        _gate.Open();
        (await batch.GetResultAsync()).Succeeded.ShouldBe(2);

        Task<BatchConflictException> RefusalAsync(string handler, int[] items, BatchOptions options) =>
            Should.ThrowAsync<BatchConflictException>(Batches.RunAsync<int, int>(handler, items, options));
    }

    [Fact]
    public async Task GetResultAsync_OtherType_SaysWhichIsRight()
    {
        var batch = await Batches.SubmitAsync<int, int>("flaky", [1]);

        var refused = await Should.ThrowAsync<BatchTypeException>(Batches.GetHandle<string>(batch.Id).GetResultAsync());

        refused.ResultType.ShouldBe("System.Int32");
        refused.AskedType.ShouldBe("System.String");
    }

    [Theory]
    [InlineData("ends-with.")]
    [InlineData(".starts")]
    [InlineData("")]
    public async Task SubmitAsync_IdOfAnotherForm_IsRefused(string id) =>
        await Should.ThrowAsync<ArgumentException>(Batches.SubmitAsync<int, int>("flaky", [1], new() { Id = id }));

    [Fact]
    public async Task RunAsync_HandlerBlocksPastItsTime_IsReportedAsTimedOut()
    {
        var result = await Batches.RunAsync<int, int>("blocking", [1], new() { ItemTimeout = TimeSpan.FromMilliseconds(10), MaxAttempts = 1 });

        result[0].Error.ShouldNotBeNull().Code.ShouldBe(ItemErrorCodes.ItemTimeout);
    }

    [Fact]
    public async Task CancelAsync_ResultComesAfterwards_IsCancelledAllTheSame()
    {
        var batch = await Batches.SubmitAsync<int, int>("deaf", [1]);
        await _gate.WaitForEnteredAsync(1);

        await batch.CancelAsync();
        _gate.Open();

        (await batch.GetResultAsync())[0].Error.ShouldNotBeNull().Code.ShouldBe(ItemErrorCodes.Cancelled);
    }

    [Fact]
    public async Task GetStatusAsync_UnknownId_SaysSo()
    {
        var unknown = Batches.GetHandle<int>("nobody-submitted-this");

        (await Should.ThrowAsync<BatchNotFoundException>(unknown.GetStatusAsync())).BatchId.ShouldBe("nobody-submitted-this");
    }

    [Fact]
    public async Task RunAsync_UnknownHandler_NamesThoseThatAre()
    {
        var failure = await Should.ThrowAsync<BatchHandlerException>(Batches.RunAsync<int, int>("geocode", [1]));

        failure.Handler.ShouldBe("geocode");
        failure.Message.ShouldContain("Registered: blocking, deaf, echo, endless, flaky, gated, mute, scoped");
    }

    [Fact]
    public async Task RunAsync_OtherTypes_SaysWhichAreRight()
    {
        var failure = await Should.ThrowAsync<BatchHandlerException>(Batches.RunAsync<string, int>("flaky", ["1"]));

        failure.Message.ShouldContain("takes System.Int32 and gives System.Int32; the caller used System.String and System.Int32");
    }

    [Fact]
    public async Task RunAsync_TooManyItems_NamesTheLimit()
    {
        var failure = await Should.ThrowAsync<BatchLimitException>(Batches.RunAsync<int, int>("flaky", new int[1_001]));

        failure.Limit.ShouldBe("Batching:MaxItems");
        failure.Allowed.ShouldBe(1_000);
        failure.Actual.ShouldBe(1_001);
    }

    [Fact]
    public async Task RunAsync_TooManyInlineBytes_NamesTheLimit()
    {
        var failure = await Should.ThrowAsync<BatchLimitException>(
            Batches.RunAsync<byte[], byte[]>("echo", [.. Enumerable.Repeat(new byte[200_000], 10)]));

        failure.Limit.ShouldBe("Batching:MaxInlineBytes");
    }

    [Fact]
    public async Task SubmitAsync_TooManyBatches_NamesTheLimitAndLaterGoesOn()
    {
        var held = new List<BatchHandle<int>>();
        var failure = await Should.ThrowAsync<BatchLimitException>(async () =>
        {
            while (true)
            {
                held.Add(await Batches.SubmitAsync<int, int>("gated", [1, 2, 3]));
            }
        });
        failure.Limit.ShouldBe("Batching:MaxConcurrentBatches");

        _gate.Open();
        foreach (var batch in held)
        {
            (await batch.GetResultAsync()).Failed.ShouldBe(0);
        }
    }

    [Fact]
    public async Task RunAsync_LargePayloads_GoByReferenceAndLeaveNothing()
    {
        var items = new[] { 10, 300_000, 2_000_000 }.Select(length => RandomBytes(length)).ToArray();

        var result = await Batches.RunAsync<byte[], byte[]>("echo", items);

        result.Select(item => item.Value).ShouldBe(items);
        await Eventually.BecomesTrueAsync(
            async () => !await _cluster!.Blobs.ListAsync("batches/", CancellationToken.None).AnyAsync(),
            "the batch's blobs are deleted");
    }

    [Fact]
    public async Task RunAsync_ScopedHandler_HasAScopePerItem()
    {
        var result = await Batches.RunAsync<int, Guid>("scoped", [1, 2, 3, 4]);

        result.Select(item => item.Value).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task StreamAsync_ItemsStillComing_GivesEarlyResults()
    {
        var more = new TaskCompletionSource();
        await using var results = Batches.StreamAsync<int, int>("flaky", ItemsAsync()).GetAsyncEnumerator();

        (await results.MoveNextAsync()).ShouldBeTrue();
        results.Current.Value.ShouldBe(1);
        more.SetResult();
        (await results.MoveNextAsync()).ShouldBeTrue();
        results.Current.Value.ShouldBe(2);
        (await results.MoveNextAsync()).ShouldBeFalse();

        async IAsyncEnumerable<int> ItemsAsync()
        {
            yield return 1;
            await more.Task;
            yield return 2;
        }
    }

    [Fact]
    public async Task StreamAsync_SourceThrows_CancelsTheBatchAndRethrows()
    {
        var stream = Batches.StreamAsync<int, int>("gated", ItemsAsync(), new() { Id = "broken-source" });

        await Should.ThrowAsync<FormatException>(async () => await stream.ToListAsync());

        await Eventually.BecomesTrueAsync(
            async () => (await Batches.GetHandle<int>("broken-source").GetStatusAsync()).State == BatchState.Cancelled,
            "the batch is cancelled");

        async IAsyncEnumerable<int> ItemsAsync()
        {
            yield return 1;
            await _gate.WaitForEnteredAsync(1);
            throw new FormatException("The file is broken.");
        }
    }

    private static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private sealed class Gated(Gate gate) : IBatchHandler<int, int>
    {
        public async ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
        {
            await gate.PassAsync(cancellationToken);
            return item;
        }
    }

    private sealed class Flaky : IBatchHandler<int, int>
    {
        public ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken) =>
            context.Attempt < item && item > 1
                ? throw new InvalidOperationException($"attempt {context.Attempt}")
                : new(item);
    }

    private sealed class Mute : IBatchHandler<int, int>
    {
        public ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken) => item switch
        {
            1 => throw new MuteException(),
            2 => throw new BatchItemException(null!, "No code."),
            3 => throw new BatchItemException(new string('c', 1_000), "A long code."),
            _ => new(item),
        };
    }

    private sealed class MuteException : Exception
    {
        public override string Message => throw new NotSupportedException("It says nothing.");
    }

    private sealed class Endless : IBatchHandler<int, int>
    {
        public async ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
            return item;
        }
    }

    /// <summary>Holds its thread until its time is over.</summary>
    private sealed class Blocking : IBatchHandler<int, int>
    {
        public ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
        {
            cancellationToken.WaitHandle.WaitOne();
            return new(item);
        }
    }

    /// <summary>Looks at no token.</summary>
    private sealed class Deaf(Gate gate) : IBatchHandler<int, int>
    {
        public async ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
        {
            await gate.PassAsync(CancellationToken.None);
            return item;
        }
    }

    private sealed class Echo : IBatchHandler<byte[], byte[]>
    {
        public ValueTask<byte[]> HandleAsync(byte[] item, BatchItemContext context, CancellationToken cancellationToken) => new(item);
    }

    private sealed class ScopeProbe
    {
        public Guid Id { get; } = Guid.NewGuid();
    }

    private sealed class Scoped(ScopeProbe probe) : IBatchHandler<int, Guid>
    {
        public ValueTask<Guid> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken) => new(probe.Id);
    }
}
