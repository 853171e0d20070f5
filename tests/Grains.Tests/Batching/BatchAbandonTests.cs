using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>Callers who give up while their batch is on its way.</summary>
public sealed class BatchAbandonTests : IAsyncLifetime
{
    private readonly Gate _gate = new();
    private ArmatureCluster? _cluster;

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(
        2,
        services => services.AddSingleton(_gate).AddBatchHandler<Held>("held"));

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await _cluster!.DisposeAsync();
    }

    [Fact]
    public async Task SubmitAsync_AbandonedBeforeItArrives_BeginsNothing()
    {
        var grain = _cluster!.Cluster.Client.GetGrain<IBatchGrain>("overtaken");
        var given = Spec();
        await grain.AbandonAsync(given.Submission, CancellationToken.None);

        await Should.ThrowAsync<OperationCanceledException>(grain.SubmitAsync(given, PackedEntries.Empty, null, CancellationToken.None));
        await Should.ThrowAsync<BatchNotFoundException>(grain.GetStatusAsync(CancellationToken.None));

        await grain.SubmitAsync(Spec(), PackedEntries.Empty, null, CancellationToken.None);
        (await grain.GetStatusAsync(CancellationToken.None)).State.ShouldBe(BatchState.Running);
    }

    [Fact]
    public async Task RunAsync_CancelledAtAnyMoment_NoBatchRunsAfterwards()
    {
        const int Batches = 80;
        var random = new Random(17);
        var delays = Enumerable.Range(0, Batches).Select(_ => TimeSpan.FromMilliseconds(random.NextDouble() * 40)).ToList();

        await Task.WhenAll(delays.Select(CancelledRunAsync));

        await Eventually.BecomesTrueAsync(
            async () => _gate.Inside == 0 && (await _cluster!.Client.Batches.ListAsync()).All(batch => batch.State != BatchState.Running),
            "no batch runs");

        async Task CancelledRunAsync(TimeSpan delay, int i)
        {
            using var cancellation = new CancellationTokenSource(delay, TimeProvider.System);
            await Should.ThrowAsync<OperationCanceledException>(
                _cluster!.Client.Batches.RunAsync<int, int>("held", [1, 2, 3], new() { Id = $"cancelled-{i}" }, cancellation.Token));
        }
    }

    private static BatchSpec Spec() => new()
    {
        Handler = "held",
        ItemType = "System.Int32",
        ResultType = "System.Int32",
        Submission = Guid.NewGuid(),
    };

    private sealed class Held(Gate gate) : IBatchHandler<int, int>
    {
        public async ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
        {
            await gate.PassAsync(cancellationToken);
            return item;
        }
    }
}
