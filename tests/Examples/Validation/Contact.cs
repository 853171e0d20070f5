namespace Examples.Validation;

[GenerateSerializer, Immutable, Alias("examples.contact")]
public sealed record Contact([property: Id(0)] string? Email, [property: Id(1)] string? Country);
