using System.Net;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>A silo that is given to one item alone.</summary>
public sealed class NodeHoldTests : IAsyncLifetime
{
    private readonly Gate _gate = new();
    private ArmatureCluster? _cluster;

    private Node Node => _cluster!.Cluster.Silos[0].ServiceProvider.GetRequiredService<Node>();

    private BatchClient Batches => _cluster!.Client.Batches;

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(
        services: services => services.AddSingleton(_gate).AddBatchHandler<Held>("held").AddCpuBatchHandler<Computed>("computed"));

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await _cluster!.DisposeAsync();
    }

    [Fact]
    public async Task HoldAsync_OthersRunAndWait_TheSuspectRunsBetweenThem()
    {
        var before = Batches.RunAsync<int, int>("held", [1]);
        await _gate.WaitForEnteredAsync(1);
        var holding = Node.HoldAsync("suspects", 1);
        var after = Batches.RunAsync<int, int>("held", [2, 3]);
        var computed = Batches.RunAsync<int, int>("computed", [.. Enumerable.Range(0, 100)]);

        _gate.Release(1);
        (await before)[0].Value.ShouldBe(1);
        (await holding).ShouldBeTrue();
        var alone = Node.RunAsync(Chunk("suspects", 1));
        await _gate.WaitForEnteredAsync(2);
        _gate.Inside.ShouldBe(1);
        computed.IsCompleted.ShouldBeFalse();
        _gate.Open();

        (await alone).Results.Count.ShouldBe(1);
        (await after).Succeeded.ShouldBe(2);
        (await computed).Succeeded.ShouldBe(100);
    }

    [Fact]
    public async Task RunAsync_AloneWithoutHavingTheSilo_SendsTheItemBack()
    {
        var reply = await Node.RunAsync(Chunk("suspects", 1));

        reply.Returned.ShouldBe([0]);
        reply.State.ShouldBe(NodeState.Ready);
    }

    [Fact]
    public async Task StopOfAsync_CoordinatorOfTheOneAloneDied_OthersStart()
    {
        (await Node.HoldAsync("suspects", 1)).ShouldBeTrue();
        var chunk = Chunk("suspects", 1);
        var alone = Node.RunAsync(chunk);
        await _gate.WaitForEnteredAsync(1);
        var after = Batches.RunAsync<int, int>("computed", [1]);

        await Node.StopOfAsync(new HashSet<SiloAddress> { chunk.Coordinator });

        (await after).Succeeded.ShouldBe(1);
        (await alone).Returned.ShouldBe([0]);
    }

    private ChunkRequest Chunk(string batchId, long chunkId)
    {
        var items = new EntryWriter();
        items.Add(0, EntryKind.Value, _cluster!.Cluster.Silos[0].ServiceProvider.GetRequiredService<Serializer>().SerializeToArray(7));
        return new()
        {
            BatchId = batchId,
            ChunkId = chunkId,
            Handler = "held",
            Items = items.Take(),
            Attempt = 1,
            ItemTimeout = TimeSpan.FromMinutes(1),
            Coordinator = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 1),
            IsAlone = true,
        };
    }

    private sealed class Held(Gate gate) : IBatchHandler<int, int>
    {
        public async ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
        {
            await gate.PassAsync(cancellationToken);
            return item;
        }
    }

    private sealed class Computed : ICpuBatchHandler<int, int>
    {
        public int Handle(int item, BatchItemContext context, CancellationToken cancellationToken) => item;
    }
}
