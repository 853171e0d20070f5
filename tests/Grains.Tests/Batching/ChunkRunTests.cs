using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Armature.Batching;

public sealed class ChunkRunTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    [Fact]
    public async Task FailRetryably_MoreErrorsThanOneAnswerHolds_SendsTheRestBack()
    {
        const int Items = 4_000;
        var chunk = new ChunkRun(Request(Items), _services.GetRequiredService<Serializer<ItemError>>(), new StartGate(TimeProvider.System), TimeProvider.System);

        while (chunk.TryStart(out var position))
        {
            chunk.FailRetryably(position, "failed", new string('x', BatchLimits.MaxErrorMessageLength), TimeSpan.Zero);
        }

        var reply = await chunk.Reply;
        reply.Failures.Bytes.Length.ShouldBeInRange(BatchLimits.MaxReplyBytes, BatchLimits.MaxReplyBytes + 3_000);
        reply.Failures.Indices.Concat(reply.Returned).ShouldBe(Enumerable.Range(0, Items));
    }

    [Fact]
    public async Task StopAsync_ItemsRunning_GoBackAndAreNoErrors()
    {
        var chunk = new ChunkRun(Request(4), _services.GetRequiredService<Serializer<ItemError>>(), new StartGate(TimeProvider.System), TimeProvider.System);
        chunk.TryStart(out var first);
        chunk.TryStart(out _);
        chunk.FailRetryably(first, "failed", "It failed.", TimeSpan.Zero);

        await chunk.StopAsync();
        chunk.Cancellation.IsCancellationRequested.ShouldBeTrue();
        chunk.EndCancelled(1, TimeSpan.Zero);

        var reply = await chunk.Reply;
        reply.State.ShouldBe(NodeState.Draining);
        reply.Results.Count.ShouldBe(0);
        reply.Failures.Indices.ShouldBe([0]);
        reply.Returned.ShouldBe([1, 2, 3]);
    }

    public void Dispose() => _services.Dispose();

    private static ChunkRequest Request(int items)
    {
        var writer = new EntryWriter();
        for (var i = 0; i < items; i++)
        {
            writer.Add(i, EntryKind.Value, [0]);
        }

        return new()
        {
            BatchId = "batch",
            ChunkId = 1,
            Handler = "handler",
            Items = writer.Take(),
            Attempt = 1,
            ItemTimeout = TimeSpan.FromMinutes(1),
            Coordinator = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 1),
        };
    }
}
