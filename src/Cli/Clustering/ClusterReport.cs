namespace Armature.Clustering;

/// <summary>What <c>armature cluster --json</c> tells.</summary>
/// <param name="Silos">The silos that are not dead, in the order of their addresses.</param>
internal sealed record ClusterReport(IReadOnlyList<SiloLine> Silos);
