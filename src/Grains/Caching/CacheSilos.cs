using Orleans.Runtime;
using Orleans.Runtime.Services;

namespace Armature.Caching;

/// <summary>Calls the cache of other silos by their address, and the grains of partitions.</summary>
internal sealed class CacheSilos(IServiceProvider services, IGrainFactory grains, IClusterMembershipService membership, ILocalSiloDetails local)
    : GrainServiceClient<ICacheService>(services), ICacheSilos
{
    public SiloAddress Local => local.SiloAddress;

    public IReadOnlyList<SiloAddress> Active =>
    [
        .. membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress),
    ];

    public Task<CacheServiceReply> CallAsync(SiloAddress silo, CacheRequest request, int room, CancellationToken cancellationToken) =>
        GetGrainService(silo).CallAsync(request, room, cancellationToken);

    public Task<SiloAddress> LocateAsync(int partition, CancellationToken cancellationToken) =>
        grains.GetGrain<ICachePartitionGrain>(partition).LocateAsync(cancellationToken);
}
