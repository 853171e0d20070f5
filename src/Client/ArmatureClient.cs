using Armature.Batching;
using Armature.Clustering;
using Armature.Images;

namespace Armature;

/// <summary>
/// What a caller holds: one client per system. Taken from the container; thread-safe; lives as long as the container.
/// </summary>
/// <param name="batches">The batch engine.</param>
/// <param name="images">Image jobs.</param>
/// <param name="cluster">The cluster itself.</param>
public sealed class ArmatureClient(BatchClient batches, ImageClient images, ClusterClient cluster)
{
    /// <summary>Batches: one handler over many items, on every core of every silo.</summary>
    public BatchClient Batches => batches;

    /// <summary>Images: resize, crop, mark and convert, many variants from one decode.</summary>
    public ImageClient Images => images;

    /// <summary>The cluster itself: its silos, and what they have to do.</summary>
    public ClusterClient Cluster => cluster;
}
