using Armature.Batching;

namespace Armature.Terminal;

/// <summary>How far a piece of work is.</summary>
/// <param name="Total">Items of it.</param>
/// <param name="Succeeded">Items with a result.</param>
/// <param name="Failed">Items with an error.</param>
/// <param name="Silos">What each silo has done and is doing.</param>
internal sealed record ProgressSnapshot(int Total, int Succeeded, int Failed, IReadOnlyList<SiloProgress> Silos)
{
    /// <summary>A line that is said once and stays; null for none.</summary>
    public string? Note { get; init; }

    public int Done => Succeeded + Failed;
}
