using Orleans.Services;

namespace Armature.Clustering;

/// <summary>One activation is one silo, as a witness of who belongs to the cluster.</summary>
[Alias("armature.clustering.witness-service")]
internal interface IWitnessService : IGrainService
{
    /// <summary>Whether this silo counts another in: it does not take it for dead, and has heard of it.</summary>
    [Alias("counts-in"), ResponseTimeout("00:00:05")]
    Task<bool> CountsInAsync(SiloAddress silo, CancellationToken cancellationToken);
}
