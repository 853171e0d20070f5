using System.Net;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>A silo with as many items as it may have.</summary>
public sealed class NodeLimitTests : IAsyncLifetime
{
    private readonly Gate _gate = new();
    private ArmatureCluster? _cluster;

    private Node Node => _cluster!.Cluster.Silos[0].ServiceProvider.GetRequiredService<Node>();

    private BatchClient Batches => _cluster!.Client.Batches;

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(
        services: services => services.AddSingleton(_gate).AddBatchHandler<Held>("held").AddBatchHandler<Plain>("plain"),
        options: options => options.Batching.MaxNodeQueuedItems = 1);

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await _cluster!.DisposeAsync();
    }

    [Fact]
    public async Task RunAsync_SiloIsFull_SendsTheChunkBackAndIsNotReady()
    {
        var held = Batches.RunAsync<int, int>("held", [1]);
        await _gate.WaitForEnteredAsync(1);

        var reply = await Node.RunAsync(Chunk());

        reply.State.ShouldBe(NodeState.Full);
        reply.Returned.ShouldBe([0, 1]);
        Node.Problem.ShouldNotBeNull().ShouldContain("Batching:MaxNodeQueuedItems is 1");

        _gate.Open();
        await held;
        await Eventually.BecomesTrueAsync(() => Node.Problem is null, "there is room again");
    }

    [Fact]
    public async Task RunAsync_SiloIsFullForAWhile_OtherBatchLosesNothing()
    {
        var held = Batches.RunAsync<int, int>("held", [1]);
        await _gate.WaitForEnteredAsync(1);
        var waiting = await Batches.SubmitAsync<int, int>("plain", [.. Enumerable.Range(0, 100)]);
        await Eventually.BecomesTrueAsync(async () => (await waiting.GetStatusAsync()).State == BatchState.Running, "it was submitted");

        _gate.Open();

        (await held)[0].Value.ShouldBe(1);
        (await waiting.GetResultAsync()).Select(item => item.Value).ShouldBe(Enumerable.Range(0, 100));
    }

    private static ChunkRequest Chunk()
    {
        var items = new EntryWriter();
        items.Add(0, EntryKind.Value, [0]);
        items.Add(1, EntryKind.Value, [0]);
        return new()
        {
            BatchId = "other",
            ChunkId = 1,
            Handler = "plain",
            Items = items.Take(),
            Attempt = 1,
            ItemTimeout = TimeSpan.FromMinutes(1),
            Coordinator = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 1),
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

    private sealed class Plain : IBatchHandler<int, int>
    {
        public ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken) => new(item);
    }
}
