using System.Collections.Immutable;
using Armature.Clustering;
using Orleans.Runtime;
using Orleans.Runtime.Services;

namespace Armature.Caching;

/// <summary>Calls the cache of other silos by their address, and the grains of partitions.</summary>
internal sealed class CacheSilos(
    IServiceProvider services,
    IGrainFactory grains,
    IClusterMembershipService membership,
    LeavingSilos leaving,
    MembershipLease lease,
    ILocalSiloDetails local)
    : GrainServiceClient<ICacheService>(services), ICacheSilos
{
    private Known? _known;

    public SiloAddress Local => local.SiloAddress;

    public IReadOnlyList<SiloAddress> Active
    {
        get
        {
            var (snapshot, left) = (membership.CurrentSnapshot, leaving.All);
            if (_known is { } known && known.Snapshot == snapshot && known.Leaving == left)
            {
                return known.Active;
            }

            var active = snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress);
            _known = new(snapshot, left, leaving.Without([.. active]));
            return _known.Active;
        }
    }

    /// <exception cref="MembershipStaleException">This silo may have been frozen: whoever asked it has repeated the request elsewhere, and a write would come late, over newer ones.</exception>
    public Task<CacheServiceReply> CallAsync(SiloAddress silo, CacheRequest request, int room, CancellationToken cancellationToken)
    {
        lease.ThrowIfStale();
        return GetGrainService(silo).CallAsync(request, room, cancellationToken);
    }

    public Task<CacheChanges> ReadChangesAsync(SiloAddress silo, long? since, CancellationToken cancellationToken) =>
        GetGrainService(silo).ReadChangesAsync(since, cancellationToken);

    public Task<SiloAddress> LocateAsync(int partition, CancellationToken cancellationToken) => GrainOf(partition).LocateAsync(cancellationToken);

    public Task<bool> SendAsync(SiloAddress silo, CacheCargo cargo, CancellationToken cancellationToken) =>
        GetGrainService(silo).ReceiveAsync(cargo, cancellationToken);

    public Task MoveAsync(int partition, SiloAddress target, CacheHandover handover, CancellationToken cancellationToken) =>
        GrainOf(partition).MoveAsync(target, handover, cancellationToken);

    public Task TellLeavingAsync(CancellationToken cancellationToken)
    {
        leaving.Add(Local);
        return Task.WhenAll(Active.Where(silo => !silo.Equals(Local)).Select(TellAsync));

        async Task TellAsync(SiloAddress silo)
        {
            try
            {
                await GetGrainService(silo).HearLeavingAsync(Local, cancellationToken);
            }
#pragma warning disable CA1031 // it learns it from the membership
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    public Task TellBehindAsync(SiloAddress silo, ImmutableArray<long> upTo, CancellationToken cancellationToken) =>
        GetGrainService(silo).HearBehindAsync(upTo, cancellationToken);

    public Task<bool> VouchAsync(SiloAddress silo, int partition, long epoch, CancellationToken cancellationToken) =>
        GetGrainService(silo).VouchAsync(partition, epoch, cancellationToken);

    public Task<CacheSiloStatistics> DescribeAsync(SiloAddress silo, CancellationToken cancellationToken) =>
        GetGrainService(silo).DescribeAsync(cancellationToken);

    private ICachePartitionGrain GrainOf(int partition) => grains.GetGrain<ICachePartitionGrain>(partition);

    private sealed record Known(ClusterMembershipSnapshot Snapshot, ImmutableHashSet<SiloAddress> Leaving, IReadOnlyList<SiloAddress> Active);
}
