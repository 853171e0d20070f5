namespace Examples.Batching;

/// <summary>A result of one's own. Orleans writes and reads it; the ids and the alias let it change later.</summary>
[GenerateSerializer, Immutable, Alias("examples.word-count")]
public sealed record WordCount(
    [property: Id(0)] int Words,
    [property: Id(1)] int Letters);
