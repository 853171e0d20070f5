namespace Armature.Batching;

/// <summary>The silos as a coordinator sees them. The seam at which tests put a cluster of their own.</summary>
internal interface IClusterNodes
{
    /// <summary>The silo of the caller.</summary>
    SiloAddress Local { get; }

    /// <summary>Whether a silo is active as far as is known now, which may be newer than what <see cref="WatchAsync"/> gave last.</summary>
    bool IsActive(SiloAddress silo);

    /// <summary>The silos that are active now and after every change of the membership.</summary>
    IAsyncEnumerable<IReadOnlySet<SiloAddress>> WatchAsync(CancellationToken cancellationToken);

    /// <summary>See <see cref="INodeService.DescribeAsync"/>.</summary>
    Task<HandlerDescription> DescribeAsync(SiloAddress silo, string handler);

    /// <summary>See <see cref="INodeService.RunChunkAsync"/>.</summary>
    Task<ChunkReply> RunChunkAsync(SiloAddress silo, ChunkRequest request);

    /// <summary>See <see cref="INodeService.HoldAsync"/>.</summary>
    Task<bool> HoldAsync(SiloAddress silo, string batchId, long chunkId);

    /// <summary>See <see cref="INodeService.ReleaseAsync"/>.</summary>
    Task ReleaseAsync(SiloAddress silo, string batchId, long chunkId);

    /// <summary>See <see cref="INodeService.CancelAsync"/>.</summary>
    Task CancelAsync(SiloAddress silo, string batchId, long? chunkId);
}
