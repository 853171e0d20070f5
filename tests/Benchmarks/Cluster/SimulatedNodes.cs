using System.Net;
using System.Runtime.CompilerServices;
using Armature.Batching;

namespace Armature.Benchmarks;

/// <summary>Silos that are not there: each answers a chunk at once, and says that its items took their time.</summary>
internal sealed class SimulatedNodes(int silos) : IClusterNodes
{
    private static readonly TimeSpan ItemTime = TimeSpan.FromMilliseconds(10);

    private readonly HashSet<SiloAddress> _active =
        [.. Enumerable.Range(1, silos).Select(port => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 1))];
    private int _chunks;

    public SiloAddress Local => _active.First();

    /// <summary>Chunks that were answered.</summary>
    public int Chunks => Volatile.Read(ref _chunks);

    public bool IsActive(SiloAddress silo) => _active.Contains(silo);

    public async IAsyncEnumerable<IReadOnlySet<SiloAddress>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return _active;
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    public Task<HandlerDescription> DescribeAsync(SiloAddress silo, string handler) => Task.FromResult(new HandlerDescription
    {
        Capacity = SiloSlots.Count,
        ItemType = "item",
        ResultType = "result",
        ItemTimeout = TimeSpan.FromMinutes(1),
        MaxAttempts = 3,
    });

    // An answer comes from elsewhere, never within the call.
    public Task<ChunkReply> RunChunkAsync(SiloAddress silo, ChunkRequest request) => Task.Run(() =>
    {
        Interlocked.Increment(ref _chunks);
        return new ChunkReply
        {
            Results = request.Items,
            Failures = PackedEntries.Empty,
            Returned = [],
            Busy = ItemTime * request.Items.Count,
            State = NodeState.Ready,
        };
    });

    public Task<bool> HoldAsync(SiloAddress silo, string batchId, long chunkId) => Task.FromResult(true);

    public Task ReleaseAsync(SiloAddress silo, string batchId, long chunkId) => Task.CompletedTask;

    public Task CancelAsync(SiloAddress silo, string batchId, long? chunkId) => Task.CompletedTask;
}
