using System.Collections.Immutable;
using Orleans.Services;

namespace Armature.Batching;

/// <summary>One activation is one silo: it runs chunks for the coordinators of all silos.</summary>
[Alias("armature.batching.node-service")]
internal interface INodeService : IGrainService
{
    /// <summary>What this silo can do with a handler.</summary>
    [Alias("describe"), ResponseTimeout("00:00:10")]
    Task<HandlerDescription> DescribeAsync(string handler);

    /// <summary>
    /// Runs a chunk. The call lasts as long as its items, so its timeout stands above every item's limit (a day);
    /// a dead silo fails it through the membership, and not by time.
    /// </summary>
    [Alias("run-chunk"), ResponseTimeout("7.00:00:00")]
    Task<ChunkReply> RunChunkAsync(ChunkRequest request);

    /// <summary>Stops a batch's chunks here, or one of them: nothing new starts after it returns, and running items are told.</summary>
    [Alias("cancel"), ResponseTimeout("00:00:10")]
    Task CancelAsync(string batchId, long? chunkId);

    /// <summary>
    /// Asks for this silo alone, for a chunk that comes next: when it is granted nothing runs, and nothing but that chunk starts until
    /// it has ended or <see cref="ReleaseAsync"/> was called. A chunk that does not come within 10 seconds has lost it.
    /// </summary>
    /// <returns>False when it could not be had within 10 seconds, or the batch was cancelled here.</returns>
    [Alias("hold"), ResponseTimeout("00:00:30")]
    Task<bool> HoldAsync(string batchId, long chunkId);

    /// <summary>Lets others start beside the chunk that has this silo alone.</summary>
    [Alias("release"), ResponseTimeout("00:00:10")]
    Task ReleaseAsync(string batchId, long chunkId);

    /// <summary>The batches that are coordinated on this silo, the newest first; at most 1,000.</summary>
    [Alias("list-batches"), ResponseTimeout("00:00:10")]
    Task<ImmutableArray<BatchStatus>> ListBatchesAsync();
}
