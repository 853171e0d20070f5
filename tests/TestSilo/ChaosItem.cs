namespace Armature.TestSilo;

/// <summary>An item of a batch that is put through chaos.</summary>
/// <param name="Milliseconds">How long it takes.</param>
/// <param name="IsPoison">True when it ends the process that works on it, each time.</param>
[GenerateSerializer, Immutable, Alias("armature.test-silo.chaos-item")]
public sealed record ChaosItem([property: Id(0)] int Milliseconds, [property: Id(1)] bool IsPoison = false);
