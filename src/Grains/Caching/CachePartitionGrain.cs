using Orleans.Runtime;

namespace Armature.Caching;

[CachePartitionPlacement, CollectionAgeLimit(AlwaysActive = true)]
internal sealed class CachePartitionGrain(CacheNode node, ILocalSiloDetails silo) : Grain, ICachePartitionGrain
{
    private int Partition => (int)this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        node.HoldCold(Partition);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        node.Release(Partition);
        return Task.CompletedTask;
    }

    public Task<SiloAddress> LocateAsync(CancellationToken cancellationToken) => Task.FromResult(silo.SiloAddress);
}
