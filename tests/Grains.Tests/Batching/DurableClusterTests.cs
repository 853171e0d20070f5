using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Armature.Batching;

/// <summary>Durable batches whose coordinator's silo goes away, as their callers see it.</summary>
public sealed class DurableClusterTests : IAsyncLifetime
{
    private static readonly BatchOptions Durable = new() { Id = "kept", Durable = true };

    private readonly Gate _gate = new();
    private ArmatureCluster? _cluster;

    private BatchClient Batches => _cluster!.Client.Batches;

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(
        3,
        services => services.AddSingleton(_gate).AddBatchHandler<Gated>("gated", handler => handler.Capacity = BatchCapacity.Fixed(2)));

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await _cluster!.DisposeAsync();
    }

    [Fact]
    public async Task RunAsync_CoordinatorDies_TheCallerGetsEveryResult()
    {
        var running = Batches.RunAsync<int, int>("gated", [.. Enumerable.Range(0, 40)], Durable);
        await _gate.WaitForEnteredAsync(6);
        _gate.Release(3);
        await _gate.WaitForEnteredAsync(9);

        await _cluster!.Cluster.KillSiloAsync(CoordinatorOf("kept"));
        _gate.Open();

        (await running).Select(item => item.Value).ShouldBe(Enumerable.Range(0, 40));
    }

    [Fact]
    public async Task StreamAsync_CoordinatorDiesWhileItemsCome_TakesAllOfThem()
    {
        var more = new TaskCompletionSource();
        var streaming = Batches.StreamAsync<int, int>("gated", ItemsAsync(), Durable).ToListAsync().AsTask();
        await _gate.WaitForEnteredAsync(4);

        await _cluster!.Cluster.KillSiloAsync(CoordinatorOf("kept"));
        more.SetResult();
        _gate.Open();

        (await streaming).Select(item => item.Value).Order().ShouldBe(Enumerable.Range(0, 8));

        async IAsyncEnumerable<int> ItemsAsync()
        {
            for (var i = 0; i < 4; i++)
            {
                yield return i;
            }

            await more.Task;
            for (var i = 4; i < 8; i++)
            {
                yield return i;
            }
        }
    }

    [Fact]
    public async Task SubmitAsync_CoordinatorDiesAndNobodyAsks_GoesOnByItself()
    {
        await Batches.SubmitAsync<int, int>("gated", [.. Enumerable.Range(0, 20)], Durable);
        await _gate.WaitForEnteredAsync(6);

        await _cluster!.Cluster.KillSiloAsync(CoordinatorOf("kept"));
        _gate.Open();

        var archive = _cluster.Cluster.Silos[0].ServiceProvider.GetRequiredService<BatchArchive>();
        await Eventually.BecomesTrueAsync(async () => await archive.ReadExpiryAsync("kept", CancellationToken.None) is not null, "the batch has ended");
        (await Batches.GetHandle<int>("kept").GetResultAsync()).Succeeded.ShouldBe(20);
    }

    [Fact]
    public async Task WatchAsync_CoordinatorStopsInOrder_NumbersRiseToTheEnd()
    {
        var batch = await Batches.SubmitAsync<int, int>("gated", [.. Enumerable.Range(0, 20)], Durable);
        await _gate.WaitForEnteredAsync(6);
        var events = new List<BatchEvent>();
        var watching = WatchAsync();

        var stopping = _cluster!.Cluster.StopSiloAsync(CoordinatorOf("kept"));
        _gate.Open();
        await stopping;
        await watching;

        events[^1].Kind.ShouldBe(BatchEventKind.Completed);
        events[^1].Status.Succeeded.ShouldBe(20);
        events.Select(told => told.Sequence).ShouldBeInOrder();

        async Task WatchAsync()
        {
            await foreach (var told in batch.WatchAsync())
            {
                events.Add(told);
            }
        }
    }

    [Fact]
    public async Task RunAsync_NotDurableAndCoordinatorDies_SaysSoAndWhatToDo()
    {
        var running = Batches.RunAsync<int, int>("gated", [.. Enumerable.Range(0, 40)], new() { Id = "kept" });
        await _gate.WaitForEnteredAsync(6);

        await _cluster!.Cluster.KillSiloAsync(CoordinatorOf("kept"));

        (await Should.ThrowAsync<BatchLostException>(running)).Message.ShouldContain("Durable = true");
    }

    [Fact]
    public async Task SubmitAsync_DurableAndPlainUnderOneId_IsRefused()
    {
        await Batches.SubmitAsync<int, int>("gated", [1], Durable);

        await Should.ThrowAsync<BatchConflictException>(Batches.SubmitAsync<int, int>("gated", [1], new() { Id = "kept" }));
    }

    [Fact]
    public async Task RunAsync_Durable_LeavesNothingBehind()
    {
        _gate.Open();

        (await Batches.RunAsync<int, int>("gated", [1, 2, 3], Durable)).Succeeded.ShouldBe(3);

        await Eventually.BecomesTrueAsync(
            async () => !await _cluster!.Records.ListPartitionsAsync("", CancellationToken.None).AnyAsync(), "its records are deleted");
    }

    private InProcessSiloHandle CoordinatorOf(string batchId) => (InProcessSiloHandle)_cluster!.Cluster.Silos
        .Single(silo => silo.ServiceProvider.GetRequiredService<BatchTable>().Contains(batchId));

    private sealed class Gated(Gate gate) : IBatchHandler<int, int>
    {
        public async ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
        {
            await gate.PassAsync(cancellationToken);
            return item;
        }
    }
}
