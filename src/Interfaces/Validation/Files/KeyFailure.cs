namespace Armature.Validation.Files;

/// <summary>A record whose key is in another one already, or nowhere.</summary>
/// <param name="Record">The record's place in its chunk.</param>
/// <param name="Rule">The rule's place among those of the table.</param>
/// <param name="FirstRow">The row that has the key first; 0 where there is none.</param>
[GenerateSerializer, Immutable, Alias("armature.validation.key-failure")]
internal readonly record struct KeyFailure([property: Id(0)] int Record, [property: Id(1)] int Rule, [property: Id(2)] long FirstRow);
