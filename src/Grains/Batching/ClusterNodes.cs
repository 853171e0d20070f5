using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Orleans.Runtime.Services;

namespace Armature.Batching;

/// <summary>Calls one silo's node service by the silo's address, and follows the membership.</summary>
internal sealed class ClusterNodes(IServiceProvider services, IClusterMembershipService membership, ILocalSiloDetails local)
    : GrainServiceClient<INodeService>(services), IClusterNodes
{
    public SiloAddress Local => local.SiloAddress;

    /// <summary>The silos that are active now.</summary>
    public IReadOnlySet<SiloAddress> Active => ActiveIn(membership.CurrentSnapshot);

    public bool IsActive(SiloAddress silo) => membership.CurrentSnapshot.GetSiloStatus(silo) == SiloStatus.Active;

    public async IAsyncEnumerable<IReadOnlySet<SiloAddress>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Active;
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(cancellationToken))
        {
            yield return ActiveIn(snapshot);
        }
    }

    /// <summary>The silos that have died, as far as the membership remembers them, after every change.</summary>
    public async IAsyncEnumerable<IReadOnlySet<SiloAddress>> WatchDeadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(cancellationToken))
        {
            yield return In(snapshot, SiloStatus.Dead);
        }
    }

    public Task<HandlerDescription> DescribeAsync(SiloAddress silo, string handler) => GetGrainService(silo).DescribeAsync(handler);

    public Task<ChunkReply> RunChunkAsync(SiloAddress silo, ChunkRequest request) => GetGrainService(silo).RunChunkAsync(request);

    public Task<bool> HoldAsync(SiloAddress silo, string batchId, long chunkId) => GetGrainService(silo).HoldAsync(batchId, chunkId);

    public Task ReleaseAsync(SiloAddress silo, string batchId, long chunkId) => GetGrainService(silo).ReleaseAsync(batchId, chunkId);

    public Task CancelAsync(SiloAddress silo, string batchId, long? chunkId) => GetGrainService(silo).CancelAsync(batchId, chunkId);

    public Task<ImmutableArray<BatchStatus>> ListBatchesAsync(SiloAddress silo) => GetGrainService(silo).ListBatchesAsync();

    private static HashSet<SiloAddress> ActiveIn(ClusterMembershipSnapshot snapshot) => In(snapshot, SiloStatus.Active);

    private static HashSet<SiloAddress> In(ClusterMembershipSnapshot snapshot, SiloStatus status) =>
        [.. snapshot.Members.Values.Where(member => member.Status == status).Select(member => member.SiloAddress)];
}
