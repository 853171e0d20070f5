using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Armature.Caching;

/// <summary>Chooses the silo of a partition's grain: the one that it moves to, or its owner.</summary>
internal sealed class CachePartitionDirector(LeavingSilos leaving) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var hint = IPlacementDirector.GetPlacementHint(target.RequestContextData, silos);
        return Task.FromResult(hint ?? CacheOwners.Find((int)target.GrainIdentity.GetIntegerKey(), leaving.Without(silos)));
    }
}
