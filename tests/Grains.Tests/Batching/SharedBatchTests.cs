using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>Several callers of one batch id.</summary>
public sealed class SharedBatchTests : IAsyncLifetime
{
    private readonly Gate _gate = new();
    private ArmatureCluster? _cluster;

    private BatchClient Batches => _cluster!.Client.Batches;

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(
        1,
        services => services
            .AddSingleton(_gate)
            .AddBatchHandler<HeldBytes>("held-bytes", handler => handler.Capacity = BatchCapacity.Fixed(1))
            .AddBatchHandler<HeldBytes>("other-bytes")
            .AddBatchHandler<Held>("held"));

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await _cluster!.DisposeAsync();
    }

    [Fact]
    public async Task SubmitAsync_RefusedWithLargeItems_LeavesThoseOfTheBatchThatGoesOn()
    {
        var batch = await Batches.SubmitAsync<byte[], byte[]>("held-bytes", Large(1), new() { Id = "goes-on" });
        await _gate.WaitForEnteredAsync(1);

        await Should.ThrowAsync<BatchConflictException>(Batches.SubmitAsync<byte[], byte[]>("other-bytes", Large(2), new() { Id = "goes-on" }));

        (await BlobsAsync("batches/goes-on/items/")).ShouldBe(3);
        _gate.Open();
        (await batch.GetResultAsync()).ShouldAllBe(item => item.Value[0] == 1);
    }

    [Fact]
    public async Task SubmitAsync_NoSuchHandler_LeavesNoItemsInTheStore()
    {
        await Should.ThrowAsync<BatchHandlerException>(Batches.SubmitAsync<byte[], byte[]>("nobody", Large(1), new() { Id = "refused" }));

        (await BlobsAsync("batches/refused/")).ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_TwoCallersWithLargeItems_BothHaveTheResults()
    {
        var first = Batches.RunAsync<byte[], byte[]>("held-bytes", Large(1), new() { Id = "both" });
        await _gate.WaitForEnteredAsync(1);
        var second = Batches.RunAsync<byte[], byte[]>("held-bytes", Large(1), new() { Id = "both" });
        await Eventually.BecomesTrueAsync(async () => await BlobsAsync("batches/both/items/") == 6, "both have sent their items");

        _gate.Open();

        (await first).ShouldAllBe(item => item.Value[0] == 1);
        (await second).ShouldAllBe(item => item.Value[0] == 1);
    }

    [Fact]
    public async Task ReleaseAsync_AnotherCallerStillReads_KeepsTheResults()
    {
        var grain = Grain("slow-reader");
        var (quick, slow) = (Spec(), Spec());
        _gate.Open();
        await grain.SubmitAsync(quick, PackedEntries.Empty, 0, CancellationToken.None);
        await grain.SubmitAsync(slow, PackedEntries.Empty, 0, CancellationToken.None);

        await grain.ReleaseAsync(quick.Submission, CancellationToken.None);
        (await grain.ReadResultsAsync(0, CancellationToken.None)).State.ShouldBe(BatchState.Completed);

        await grain.ReleaseAsync(slow.Submission, CancellationToken.None);
        await Should.ThrowAsync<BatchNotFoundException>(grain.ReadResultsAsync(0, CancellationToken.None));
    }

    [Fact]
    public async Task AbandonAsync_AnotherCallerIsThere_CancelsNothingUntilTheLastIsGone()
    {
        var grain = Grain("two-callers");
        var (first, second) = (Spec(), Spec());
        await grain.SubmitAsync(first, PackedEntries.Empty, null, CancellationToken.None);
        await grain.SubmitAsync(second, PackedEntries.Empty, null, CancellationToken.None);

        await grain.AbandonAsync(Guid.NewGuid(), CancellationToken.None);
        await grain.AbandonAsync(second.Submission, CancellationToken.None);
        (await grain.GetStatusAsync(CancellationToken.None)).State.ShouldBe(BatchState.Running);

        await grain.AbandonAsync(first.Submission, CancellationToken.None);
        await Eventually.BecomesTrueAsync(
            async () => (await grain.GetStatusAsync(CancellationToken.None)).State == BatchState.Cancelled,
            "the batch is cancelled");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_AfterACancelledOneOfTheSameId_RunsAnew(bool durable)
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = Batches.RunAsync<int, int>("held", [1, 2], new() { Id = "again", Durable = durable }, cancellation.Token);
        await _gate.WaitForEnteredAsync(2);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        _gate.Open();

        var result = await Batches.RunAsync<int, int>("held", [3, 4], new() { Id = "again", Durable = durable });

        result.State.ShouldBe(BatchState.Completed);
        result.Select(item => item.Value).ShouldBe([3, 4]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SubmitAsync_ReplacesAGivenUpBatch_LeavesTheItemsOfOthersWhoDoTheSame(bool durable)
    {
        using var cancellation = new CancellationTokenSource();
        var options = new BatchOptions { Id = "replaced", Durable = durable };
        var givenUp = Batches.RunAsync<byte[], byte[]>("held-bytes", Large(1), options, cancellation.Token);
        await _gate.WaitForEnteredAsync(1);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(givenUp);
        _gate.Open();
        var late = Guid.NewGuid();
        await _cluster!.Blobs.PutAsync(ItemBlobName.Of("replaced", late, 0), new byte[] { 1 }, CancellationToken.None);

        var result = await (await Batches.SubmitAsync<byte[], byte[]>("held-bytes", Large(2), options)).GetResultAsync();

        result.ShouldAllBe(item => item.Value[0] == 2);
        (await BlobsAsync(ItemBlobName.Prefix("replaced", late))).ShouldBe(1);
        (await BlobsAsync("batches/replaced/items/")).ShouldBe(4, "those of the batch that was given up are gone");
    }

    [Fact]
    public async Task SubmitAsync_AfterAnExplicitCancel_JoinsTheCancelledBatch()
    {
        var batch = await Batches.SubmitAsync<int, int>("held", [1, 2], new() { Id = "stays" });
        await _gate.WaitForEnteredAsync(2);
        await batch.CancelAsync();
        _gate.Open();

        var result = await (await Batches.SubmitAsync<int, int>("held", [1, 2], new() { Id = "stays" })).GetResultAsync();

        result.State.ShouldBe(BatchState.Cancelled);
    }

    private static List<byte[]> Large(byte content) => [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Repeat(content, 300_000).ToArray())];

    private static BatchSpec Spec() => new()
    {
        Handler = "held",
        ItemType = "System.Int32",
        ResultType = "System.Int32",
        Submission = Guid.NewGuid(),
    };

    private IBatchGrain Grain(string id) => _cluster!.Cluster.Client.GetGrain<IBatchGrain>(id);

    private async Task<int> BlobsAsync(string prefix) => await _cluster!.Blobs.ListAsync(prefix, CancellationToken.None).CountAsync();

    private sealed class HeldBytes(Gate gate) : IBatchHandler<byte[], byte[]>
    {
        public async ValueTask<byte[]> HandleAsync(byte[] item, BatchItemContext context, CancellationToken cancellationToken)
        {
            await gate.PassAsync(cancellationToken);
            return item;
        }
    }

    private sealed class Held(Gate gate) : IBatchHandler<int, int>
    {
        public async ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
        {
            await gate.PassAsync(cancellationToken);
            return item;
        }
    }
}
