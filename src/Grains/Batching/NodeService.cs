using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Armature.Batching;

internal sealed class NodeService(GrainId id, Silo silo, ILoggerFactory loggerFactory, Node node, BatchTable batches)
    : GrainService(id, silo, loggerFactory), INodeService
{
    public Task<HandlerDescription> DescribeAsync(string handler) => Task.FromResult(node.Describe(handler));

    public Task<ChunkReply> RunChunkAsync(ChunkRequest request) => node.RunAsync(request);

    public Task CancelAsync(string batchId, long? chunkId) => node.CancelAsync(batchId, chunkId);

    public Task<bool> HoldAsync(string batchId, long chunkId) => node.HoldAsync(batchId, chunkId);

    public Task ReleaseAsync(string batchId, long chunkId)
    {
        node.Release(batchId, chunkId);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<BatchStatus>> ListBatchesAsync() => Task.FromResult(batches.List());
}
