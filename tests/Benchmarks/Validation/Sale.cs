namespace Armature.Benchmarks;

/// <summary>A record whose customer is to be looked up.</summary>
[GenerateSerializer, Immutable, Alias("benchmarks.sale")]
public sealed record Sale([property: Id(0)] int Customer, [property: Id(1)] int Amount);
