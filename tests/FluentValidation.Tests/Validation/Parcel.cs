namespace Armature.Validation;

[GenerateSerializer, Immutable, Alias("tests.parcel")]
public sealed record Parcel([property: Id(0)] string? Code, [property: Id(1)] int Weight = 1, [property: Id(2)] Parcel? Within = null);
