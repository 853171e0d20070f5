namespace Armature.TestSilo;

/// <summary>A result that says what it is the result of, so that it can be checked from outside.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Index">The item's place in it.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Process">The process that made it.</param>
[GenerateSerializer, Immutable, Alias("armature.test-silo.envelope")]
public sealed record Envelope([property: Id(0)] string BatchId, [property: Id(1)] int Index, [property: Id(2)] int Attempt, [property: Id(3)] int Process);
