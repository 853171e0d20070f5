namespace Armature.Validation;

[GenerateSerializer, Immutable, Alias("tests.form")]
public sealed record Form([property: Id(0)] string? Name, [property: Id(1)] int Amount = 1, [property: Id(2)] string? Country = null);
