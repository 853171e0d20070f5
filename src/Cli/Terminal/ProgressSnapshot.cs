using Armature.Batching;

namespace Armature.Terminal;

/// <summary>How far a piece of work is.</summary>
/// <param name="Total">Items of it.</param>
/// <param name="Succeeded">Items with a result.</param>
/// <param name="Failed">Items with an error.</param>
/// <param name="Silos">What each silo has done and is doing.</param>
internal sealed record ProgressSnapshot(int Total, int Succeeded, int Failed, IReadOnlyList<SiloProgress> Silos)
{
    /// <summary>False while items are still added to <see cref="Total"/>, so that nobody knows how much is left.</summary>
    public bool IsTotalKnown { get; init; } = true;

    /// <summary>Items that are left; none while that is not known.</summary>
    public int Left => IsTotalKnown ? Total - Done : 0;

    /// <summary>How far it is in the work's own words, where items are no unit for people; null for the counts.</summary>
    public string? Text { get; init; }

    /// <summary>A line that is said once and stays; null for none.</summary>
    public string? Note { get; init; }

    public int Done => Succeeded + Failed;
}
