using System.Collections.Immutable;

namespace Armature.Clustering;

/// <summary>One activation is a door through which a client asks the cluster about itself. The key is always 0.</summary>
[Alias("armature.clustering.cluster-door")]
public interface IClusterDoorGrain : IGrainWithIntegerKey
{
    /// <summary>The silos that are not dead, in the order of their addresses.</summary>
    [Alias("list-silos"), ResponseTimeout("00:00:10")]
    Task<ImmutableArray<SiloDescription>> ListSilosAsync(CancellationToken cancellationToken);
}
