using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Armature.Storage;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization;

namespace Armature.Batching;

public sealed class ItemSenderTests : IDisposable
{
    private static readonly Guid Submission = Guid.NewGuid();

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    [Fact]
    public async Task AbandonAsync_CancelledBeforeTheFirstAnswer_TellsTheBatchThatMayRun()
    {
        using var cancellation = new CancellationTokenSource();
        var grain = new FakeBatch { IsSilent = true };
        var sender = Create(grain, TimeProvider.System);

        var sending = sender.SendAsync(new[] { 1 }.ToAsyncEnumerable(), cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending);
        await sender.AbandonAsync();

        grain.Abandoned.ShouldBe([Submission]);
    }

    [Fact]
    public async Task AbandonAsync_FirstTellingFails_TellsAgain()
    {
        using var cancellation = new CancellationTokenSource();
        var grain = new FakeBatch { IsSilent = true, DeadCalls = 2 };
        var sender = Create(grain, TimeProvider.System);

        var sending = sender.SendAsync(new[] { 1 }.ToAsyncEnumerable(), cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending);
        await sender.AbandonAsync();

        await Eventually.BecomesTrueAsync(() => grain.Abandoned.Contains(Submission), "the batch was told");
    }

    [Fact]
    public async Task SendAsync_SourceTakesItsTime_TellsTheBatchThatTheSenderLives()
    {
        var time = new FakeTimeProvider();
        var more = new TaskCompletionSource();
        var grain = new FakeBatch();
        var sending = Create(grain, time).SendAsync(ItemsAsync(), CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => grain.Pages.Count == 1, "the first page was sent");

        for (var beats = 1; beats <= 3; beats++)
        {
            await Eventually.BecomesTrueAsync(
                () =>
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    return grain.Pages.Count > beats;
                },
                "a sign was given");
        }

        grain.Pages.Skip(1).ShouldAllBe(page => page == 0);
        more.SetResult();
        await sending;
        grain.Pages.Last().ShouldBe(1);

        async IAsyncEnumerable<int> ItemsAsync()
        {
            yield return 1;
            await more.Task;
            yield return 2;
        }
    }

    [Theory]
    [InlineData(false, "with BatchOptions.Durable = true another silo")]
    [InlineData(true, "its records are gone from the record store")]
    public async Task SendAsync_BatchIsGoneWhileItIsSent_SaysWhatWasLost(bool durable, string expected)
    {
        var grain = new FakeBatch();
        var sender = Create(grain, TimeProvider.System, durable);

        (await Should.ThrowAsync<BatchLostException>(sender.SendAsync(ItemsAsync(), CancellationToken.None))).Message.ShouldContain(expected);

        async IAsyncEnumerable<int> ItemsAsync()
        {
            yield return 1;
            await Eventually.BecomesTrueAsync(() => grain.Pages.Count == 1, "the first page was sent");
            grain.Refusal = new BatchNotFoundException("batch");
            yield return 2;
        }
    }

    [Fact]
    public async Task SendAsync_RefusedInItsMiddle_LeavesTheBatchToTheOthers()
    {
        var grain = new FakeBatch();
        var sender = Create(grain, TimeProvider.System);

        await Should.ThrowAsync<BatchConflictException>(sender.SendAsync(ItemsAsync(), CancellationToken.None));

        grain.Abandoned.ShouldBe([Submission]);

        async IAsyncEnumerable<int> ItemsAsync()
        {
            yield return 1;
            await Eventually.BecomesTrueAsync(() => grain.Pages.Count == 1, "the first page was sent");
            grain.Refusal = new BatchConflictException("batch", "it has 1 item");
            yield return 2;
        }
    }

    [Fact]
    public async Task SendAsync_IdIsAnotherBatchs_LeavesThatBatchAlone()
    {
        var grain = new FakeBatch { HasOtherWork = true };
        var sender = Create(grain, TimeProvider.System);

        await Should.ThrowAsync<BatchConflictException>(sender.SendAsync(new[] { 1 }.ToAsyncEnumerable(), CancellationToken.None));
        await sender.AbandonAsync();

        grain.Abandoned.ShouldBeEmpty();
    }

    [Fact]
    public async Task SendAsync_RefusedWhileTheSourcePauses_GivesTheRefusalAndDisposesOfTheSource()
    {
        var disposed = new TaskCompletionSource();
        var sender = Create(new FakeBatch { HasOtherWork = true }, TimeProvider.System);

        await Should.ThrowAsync<BatchConflictException>(sender.SendAsync(PausingAsync(disposed), CancellationToken.None));

        disposed.Task.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task SendAsync_RefusedWhileTheSourceIgnoresItsToken_GivesTheRefusal()
    {
        var never = new TaskCompletionSource();
        var sender = Create(new FakeBatch { HasOtherWork = true }, TimeProvider.System);

        await Should.ThrowAsync<BatchConflictException>(sender.SendAsync(DeafAsync(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));

        async IAsyncEnumerable<int> DeafAsync()
        {
            yield return 1;
            await never.Task;
        }
    }

    [Fact]
    public async Task SendAsync_BatchIsCancelledWhileTheSourcePauses_EndsAndDisposesOfTheSource()
    {
        var time = new FakeTimeProvider();
        var disposed = new TaskCompletionSource();
        var grain = new FakeBatch();
        var sending = Create(grain, time).SendAsync(PausingAsync(disposed), CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => grain.Pages.Count == 1, "the first page was sent");

        grain.State = BatchState.Cancelled;
        await WaitForSignAsync(time, grain);

        await sending;
        disposed.Task.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task SendAsync_BatchFailsWhileTheSourcePauses_SaysWhy()
    {
        var time = new FakeTimeProvider();
        var grain = new FakeBatch();
        var sending = Create(grain, time).SendAsync(PausingAsync(new()), CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => grain.Pages.Count == 1, "the first page was sent");

        grain.State = BatchState.Failed;
        await WaitForSignAsync(time, grain);

        (await Should.ThrowAsync<BatchFailedException>(sending)).Message.ShouldContain("no silo is left");
    }

    [Fact]
    public async Task SendAsync_SourceTimesOut_TellsTheBatchAtOnce()
    {
        var grain = new FakeBatch();
        var sender = Create(grain, TimeProvider.System);

        await Should.ThrowAsync<TaskCanceledException>(sender.SendAsync(FailingAsync(), CancellationToken.None));

        grain.Abandoned.ShouldBe([Submission]);

        async IAsyncEnumerable<int> FailingAsync()
        {
            yield return 1;
            await Eventually.BecomesTrueAsync(() => grain.Pages.Count == 1, "the first page was sent");
            throw new TaskCanceledException("The request timed out.");
        }
    }

    public void Dispose() => _services.Dispose();

    private static async IAsyncEnumerable<int> PausingAsync(TaskCompletionSource disposed, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            yield return 1;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        finally
        {
            disposed.SetResult();
        }
    }

    /// <summary>Moves the clock no further than to the next sign: a source that is told to stop is waited for by the same clock.</summary>
    private static Task WaitForSignAsync(FakeTimeProvider time, FakeBatch grain) => Eventually.BecomesTrueAsync(
        () =>
        {
            if (grain.Pages.Count == 1)
            {
                time.Advance(TimeSpan.FromSeconds(1));
            }

            return grain.Pages.Count > 1;
        },
        "a sign was given");

    private ItemSender<int> Create(FakeBatch grain, TimeProvider time, bool durable = false) => new(
        "batch",
        new BatchSpec { Handler = "handler", ItemType = "item", ResultType = "result", Submission = Submission, Durable = durable },
        grain,
        new EntryCodec<int>(_services.GetRequiredService<Serializer<int>>(), new InMemoryBlobStore(TimeProvider.System)),
        new CallRetry(TimeProvider.System),
        time);

    private sealed class FakeBatch : IBatchGrain
    {
        private int _received;

        /// <summary>It takes its first page and never says so.</summary>
        public bool IsSilent { get; init; }

        public bool HasOtherWork { get; init; }

        public BatchState State { get; set; }

        /// <summary>What it answers to items; null when it takes them.</summary>
        public Exception? Refusal { get; set; }

        /// <summary>So many calls to abandon it find no silo.</summary>
        public int DeadCalls { get; set; }

        public ConcurrentQueue<Guid> Abandoned { get; } = new();

        /// <summary>How many items each page had.</summary>
        public ConcurrentQueue<int> Pages { get; } = new();

        public async Task<AppendReply> SubmitAsync(BatchSpec spec, PackedEntries items, int? count, CancellationToken cancellationToken)
        {
            if (IsSilent)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            if (HasOtherWork)
            {
                throw new BatchConflictException("batch", "it is another");
            }

            return await AppendAsync(items, count, cancellationToken);
        }

        public Task<AppendReply> AppendAsync(PackedEntries items, int? count, CancellationToken cancellationToken)
        {
            if (Refusal is { } refusal)
            {
                throw refusal;
            }

            Pages.Enqueue(items.Count);
            return Task.FromResult(new AppendReply(Interlocked.Add(ref _received, items.Count), IsFull: false)
            {
                State = State,
                Failure = State == BatchState.Failed ? "no silo is left" : null,
            });
        }

        public Task AbandonAsync(Guid submission, CancellationToken cancellationToken)
        {
            if (DeadCalls-- > 0)
            {
                throw new Orleans.Runtime.SiloUnavailableException("dead");
            }

            Abandoned.Enqueue(submission);
            return Task.CompletedTask;
        }

        public Task CancelAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ResultPage> ReadResultsAsync(int cursor, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<BatchEvent>> ReadEventsAsync(long fromSequence, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BatchStatus> GetStatusAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseAsync(Guid submission, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task WakeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
