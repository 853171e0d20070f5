namespace Armature.Batching;

/// <summary>One silo's share of a batch.</summary>
/// <param name="Silo">The silo's address, such as <c>127.0.0.1:11111@1</c>.</param>
/// <param name="Running">Items it has now, queued or running.</param>
/// <param name="Done">Items it has answered for this batch.</param>
[GenerateSerializer, Immutable, Alias("armature.batching.silo-progress")]
public sealed record SiloProgress(
    [property: Id(0)] string Silo,
    [property: Id(1)] int Running,
    [property: Id(2)] int Done);
