namespace Armature.Validation;

/// <summary>What there is to say of a record: a report with failures, or why it could not be checked.</summary>
/// <param name="Place">The record's place in its chunk, from 0.</param>
/// <param name="Report">What it breaks; null when it could not be checked.</param>
/// <param name="Error">Why it could not be checked.</param>
[GenerateSerializer, Immutable, Alias("armature.validation.record-finding")]
public sealed record RecordFinding([property: Id(0)] int Place, [property: Id(1)] ValidationReport? Report, [property: Id(2)] ItemError? Error);
