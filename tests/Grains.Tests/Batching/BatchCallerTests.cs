using System.Runtime.CompilerServices;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>What a caller sees when its batch does not go the usual way.</summary>
public sealed class BatchCallerTests : IAsyncLifetime
{
    /// <summary>What a test waits before it says that something never ends.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Gate _gate = new();
    private ArmatureCluster? _cluster;

    private BatchClient Batches => _cluster!.Client.Batches;

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(
        1,
        services => services.AddSingleton(_gate).AddBatchHandler<Held>("held").AddBatchHandler<Wrapping>("wrapping"),
        options => options.Batching.MaxQueuedBytes = 2 << 20);

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await _cluster!.DisposeAsync();
    }

    [Fact]
    public async Task RunAsync_CancelledElsewhereWhileItSends_GivesAnEntryForEachItem()
    {
        // Ten pages, of which the batch takes two or three.
        var items = Enumerable.Range(0, 1_000).Select(_ => new byte[10_000]).ToList();
        var running = Batches.RunAsync<byte[], int>("held", items, new() { Id = "sending" });
        await _gate.WaitForEnteredAsync(1);

        await Batches.GetHandle<int>("sending").CancelAsync();
        var result = await running.WaitAsync(Patience);

        result.State.ShouldBe(BatchState.Cancelled);
        result.Count.ShouldBe(1_000);
        result.Select(item => item.Index).ShouldBe(Enumerable.Range(0, 1_000));
        result.ShouldAllBe(item => item.Error!.Code == ItemErrorCodes.Cancelled);
    }

    [Fact]
    public async Task RunAsync_OneResultUnwritable_FailsThatItemOnly()
    {
        var result = await Batches.RunAsync<int, Wrapped>("wrapping", [0, 1, 2, 3]);

        result.Where(item => item.IsSuccess).Select(item => item.Value.Padding.Length).ShouldBe([100_000, 100_000, 100_000]);
        result[1].Error!.Code.ShouldBe(ItemErrorCodes.ResultUnwritable);
    }

    [Fact]
    public async Task StreamAsync_CancelledElsewhereWhileItsSourcePauses_EndsAndDisposesOfTheSource()
    {
        var disposed = new TaskCompletionSource();
        var reading = Batches.StreamAsync<byte[], int>("held", PausingAsync(disposed), new() { Id = "pausing" }).ToListAsync().AsTask();
        await _gate.WaitForEnteredAsync(1);

        await Batches.GetHandle<int>("pausing").CancelAsync();
        var items = await reading.WaitAsync(Patience);

        items.ShouldHaveSingleItem().Error!.Code.ShouldBe(ItemErrorCodes.Cancelled);
        await disposed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task StreamAsync_SourceTimesOut_GivesItsExceptionAndCancelsTheBatch()
    {
        var timeout = new TaskCanceledException("The request timed out.");

        var thrown = await Assert.ThrowsAsync<TaskCanceledException>(
            async () => await Batches.StreamAsync<byte[], int>("held", FailingAsync(timeout), new() { Id = "timing-out" }).ToListAsync().AsTask().WaitAsync(Patience));

        thrown.ShouldBeSameAs(timeout);
        await Eventually.BecomesTrueAsync(
            async () => (await Batches.GetHandle<int>("timing-out").GetStatusAsync()).State == BatchState.Cancelled,
            "the batch is cancelled");
    }

    [Fact]
    public async Task WatchAsync_AfterTheLastEvent_EndsAtOnce()
    {
        _gate.Open();
        var batch = await Batches.SubmitAsync<byte[], int>("held", [[1]]);
        var last = await batch.WatchAsync().LastAsync();

        var further = await batch.WatchAsync(last.Sequence + 1).ToListAsync().AsTask().WaitAsync(Patience);

        further.ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadResultsAsync_NegativeCursor_SaysWhatIsAllowed()
    {
        var batch = await Batches.SubmitAsync<byte[], int>("held", [[1]]);
        var grain = _cluster!.Cluster.Client.GetGrain<IBatchGrain>(batch.Id);

        var refused = await Should.ThrowAsync<ArgumentOutOfRangeException>(grain.ReadResultsAsync(-1, CancellationToken.None));

        refused.Message.ShouldContain("non-negative");
    }

    private static async IAsyncEnumerable<byte[]> PausingAsync(TaskCompletionSource disposed, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            yield return [1];
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        finally
        {
            disposed.SetResult();
        }
    }

    private async IAsyncEnumerable<byte[]> FailingAsync(Exception exception)
    {
        yield return [1];
        await _gate.WaitForEnteredAsync(1);
        throw exception;
    }

    private sealed class Held(Gate gate) : IBatchHandler<byte[], int>
    {
        public async ValueTask<int> HandleAsync(byte[] item, BatchItemContext context, CancellationToken cancellationToken)
        {
            await gate.PassAsync(cancellationToken);
            return item.Length;
        }
    }

    private sealed class Wrapping : IBatchHandler<int, Wrapped>
    {
        public ValueTask<Wrapped> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new Wrapped(new byte[100_000], item == 1 ? new NotWritable() : null));
    }

    private sealed class NotWritable;
}

[GenerateSerializer, Immutable, Alias("armature.tests.wrapped")]
public sealed record Wrapped([property: Id(0)] byte[] Padding, [property: Id(1)] object? Content);
