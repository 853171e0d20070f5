namespace Armature.Clustering;

/// <summary>A silo as its cluster sees it.</summary>
/// <param name="Silo">Its address, such as <c>S127.0.0.1:11111:154534948</c>; the last number tells processes of one address apart.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Details">What it says of itself; null when it gave no answer.</param>
[GenerateSerializer, Immutable, Alias("armature.clustering.silo-description")]
public sealed record SiloDescription(
    [property: Id(0)] string Silo,
    [property: Id(1)] SiloState State,
    [property: Id(2)] SiloDetails? Details);
