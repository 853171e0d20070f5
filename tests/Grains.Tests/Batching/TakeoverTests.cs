using Armature.Hosting;
using Armature.Storage;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>Durable batches that another silo goes on with: without their handler, above a limit, under an id that was used before.</summary>
public sealed class TakeoverTests : DurableBench
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task GetStatusAsync_HandlerIsOnNoSilo_SaysSoAndTheBatchGoesOnWhenOneHasIt()
    {
        await LeaveAsync(done: 2, items: 4);
        var hasHandler = false;
        await using var cluster = await StartAsync(() => hasHandler);
        var batch = cluster.Client.Batches.GetHandle<int>(Id);

        var status = await batch.GetStatusAsync();
        status.State.ShouldBe(BatchState.Running);
        status.Succeeded.ShouldBe(2);
        status.Waiting.ShouldNotBeNull().ShouldContain("No silo has a batch handler 'gated'");
        (await batch.ResultsAsync().Take(2).CountAsync()).ShouldBe(2);

        hasHandler = true;
        _gate.Open();
        await cluster.Cluster.StartAdditionalSiloAsync();

        (await batch.GetResultAsync()).Select(item => item.Value).ShouldBe([0, 1, 2, 3]);
        (await batch.GetStatusAsync()).Waiting.ShouldBeNull();
    }

    [Fact]
    public async Task CancelAsync_HandlerIsOnNoSilo_EndsTheBatch()
    {
        await LeaveAsync(done: 1, items: 3);
        await using var cluster = await StartAsync(() => false);
        var batch = cluster.Client.Batches.GetHandle<int>(Id);

        await batch.CancelAsync();

        var result = await batch.GetResultAsync();
        result.State.ShouldBe(BatchState.Cancelled);
        result.Succeeded.ShouldBe(1);
    }

    [Fact]
    public async Task Add_AsManyBatchesAsAllowed_RefusesANewOneAndNoneThatWasTakenOver()
    {
        var options = new ArmatureOptions();
        options.Batching.MaxConcurrentBatches = 1;
        var table = new BatchTable(Options.Create(options));
        await BeginAsync(Kept, new FakeNodes(), items: 1);
        var takenOver = await ResumeAsync(Kept, new FakeNodes(localPort: 2));
        var another = Create(new FakeNodes());

        table.Add(Create(new FakeNodes()), _ => Task.CompletedTask);
        table.Add(takenOver, _ => Task.CompletedTask);

        table.Running.ShouldBe(2);
        Should.Throw<BatchLimitException>(() => table.Add(another, _ => Task.CompletedTask)).Limit.ShouldBe("Batching:MaxConcurrentBatches");
    }

    [Fact]
    public async Task TryWakeAllAsync_IdOfAnEndedBatchIsUsedAgain_WakesTheNewOne()
    {
        await using var cluster = await StartAsync(() => true);
        var services = cluster.Cluster.Silos[0].ServiceProvider;
        var open = services.GetServices<ILifecycleParticipant<ISiloLifecycle>>().OfType<OpenBatches>().Single();
        var archive = services.GetRequiredService<BatchArchive>();
        await RecordAsync(new(BatchState.Completed, null, TimeProvider.System.GetUtcNow()));
        (await open.TryWakeAllAsync(CancellationToken.None)).ShouldBeTrue();
        await archive.DeleteAsync(Id, CancellationToken.None);

        await RecordAsync(end: null);
        (await open.TryWakeAllAsync(CancellationToken.None)).ShouldBeTrue();

        await Eventually.BecomesTrueAsync(async () => await archive.ReadExpiryAsync(Id, CancellationToken.None) is not null, "the new one has ended");
    }

    [Fact]
    public async Task SubmitAsync_ManyBatches_AreCoordinatedByAllSilos()
    {
        const int Batches = 60;
        await using var cluster = await StartAsync(() => true, silos: 3);

        for (var i = 0; i < Batches; i++)
        {
            await cluster.Client.Batches.SubmitAsync<int, int>("gated", [1]);
        }

        var counts = cluster.Cluster.Silos.Select(silo => ((Orleans.TestingHost.InProcessSiloHandle)silo).ServiceProvider.GetRequiredService<BatchTable>().Running).ToList();
        _gate.Open();
        counts.Sum().ShouldBe(Batches);
        counts.ShouldAllBe(count => count >= 4 && count <= 40);
    }

    [Fact]
    public async Task ReadAsync_MoreResultsThanFitIntoMemory_KeepsNoMoreAndForgetsNone()
    {
        var nodes = new FakeNodes();
        var batch = await BeginAsync(Kept, nodes, items: 9);
        await AnswerAllAsync(nodes, batch);

        var recorded = (await RecordedBatch.ReadAsync(Kept, Id, Serializer, maxResultBytes: 8, CancellationToken.None)).ShouldNotBeNull();

        recorded.Results.Sum(page => page.Entries?.Bytes.Length ?? 0).ShouldBeLessThanOrEqualTo(8);
        recorded.Results.SelectMany(page => page.Indices).Order().ShouldBe(Enumerable.Range(0, 9));
    }

    /// <summary>A silo runs some items of a batch and stops.</summary>
    private async Task LeaveAsync(int done, int items)
    {
        await using var cluster = await StartAsync(() => true);
        var batch = await cluster.Client.Batches.SubmitAsync<int, int>("gated", [.. Enumerable.Range(0, items)], new() { Id = Id, Durable = true });
        _gate.Release(done);
        await Eventually.BecomesTrueAsync(async () => (await batch.GetStatusAsync()).Succeeded == done, "some items are done");
        await cluster.Cluster.KillSiloAsync(cluster.Cluster.Silos[0]);
    }

    private Task<ArmatureCluster> StartAsync(Func<bool> hasHandler, short silos = 1) => ArmatureCluster.StartAsync(silos, services =>
    {
        services.AddSingleton(_gate).AddSingleton<IRecordStore>(Kept);
        if (hasHandler())
        {
            services.AddBatchHandler<Gated>("gated", handler => handler.Capacity = BatchCapacity.Fixed(1));
        }
    });

    /// <summary>A batch of no items is recorded, as a coordinator leaves it.</summary>
    private async Task RecordAsync(BatchEnd? end)
    {
        var spec = new BatchSpec { Handler = "gated", ItemType = BatchTypeName.Of(typeof(int)), ResultType = BatchTypeName.Of(typeof(int)), Durable = true };
        List<RecordChange> changes =
        [
            RecordChange.Put(BatchKeys.Start, Serializer.SerializeToArray(new BatchStart(spec, TimeProvider.System.GetUtcNow()))),
            RecordChange.Put(BatchKeys.Sealed, Serializer.SerializeToArray(0)),
        ];
        if (end is not null)
        {
            changes.Add(RecordChange.Put(BatchKeys.End, Serializer.SerializeToArray(end)));
        }

        var partition = BatchKeys.Partition(Id);
        await Kept.CommitAsync(partition, await Kept.OpenAsync(partition, CancellationToken.None), changes, CancellationToken.None);
    }

    private sealed class Gated(Gate gate) : IBatchHandler<int, int>
    {
        public async ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
        {
            await gate.PassAsync(cancellationToken);
            return item;
        }
    }
}
