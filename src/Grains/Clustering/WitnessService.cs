using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Armature.Clustering;

internal sealed class WitnessService(GrainId id, Silo silo, ILoggerFactory loggerFactory, IClusterMembershipService membership)
    : GrainService(id, silo, loggerFactory), IWitnessService
{
    public Task<bool> CountsInAsync(SiloAddress silo, CancellationToken cancellationToken) =>
        Task.FromResult(membership.CurrentSnapshot.GetSiloStatus(silo) is not (SiloStatus.None or SiloStatus.Dead));
}
