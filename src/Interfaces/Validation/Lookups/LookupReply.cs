using System.Collections.Immutable;

namespace Armature.Validation.Lookups;

/// <summary>What a lookup says of values.</summary>
/// <param name="Answers">For each value, in the order of the question.</param>
/// <param name="Failure">The type of the exception where it failed for some; null where it did for none.</param>
[GenerateSerializer, Immutable, Alias("armature.validation.lookup-reply")]
public sealed record LookupReply([property: Id(0)] ImmutableArray<LookupAnswer> Answers, [property: Id(1)] string? Failure);
