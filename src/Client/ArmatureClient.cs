using Armature.Batching;

namespace Armature;

/// <summary>
/// What a caller holds: one client per system. Taken from the container; thread-safe; lives as long as the container.
/// </summary>
/// <param name="batches">The batch engine.</param>
public sealed class ArmatureClient(BatchClient batches)
{
    /// <summary>Batches: one handler over many items, on every core of every silo.</summary>
    public BatchClient Batches => batches;
}
