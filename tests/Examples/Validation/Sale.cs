namespace Examples.Validation;

[GenerateSerializer, Immutable, Alias("examples.sale")]
public sealed record Sale([property: Id(0)] int CustomerId);
