using System.Collections.Immutable;

namespace Armature.Batching;

/// <summary>Results in the order in which they were done, from a cursor on. At most 4 MiB.</summary>
/// <param name="Entries">The results; empty when nothing was done while the call waited.</param>
/// <param name="NextCursor">Where the next page starts.</param>
/// <param name="State">The batch's state; the last page is the one that is empty and not <see cref="BatchState.Running"/>.</param>
/// <param name="Total">Items received so far; all of them once the batch has ended.</param>
/// <param name="Failure">Why the batch failed as a whole; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("armature.batching.result-page")]
public sealed record ResultPage(
    [property: Id(0)] ImmutableArray<PackedEntries> Entries,
    [property: Id(1)] int NextCursor,
    [property: Id(2)] BatchState State,
    [property: Id(3)] int Total,
    [property: Id(4)] string? Failure)
{
    /// <summary>The handler's result type; empty when the silo is of a version that did not tell.</summary>
    [Id(5)]
    public string ResultType { get; init; } = "";

    /// <summary>True when the batch outlives its coordinator, so that it is worth asking again for longer.</summary>
    [Id(6)]
    public bool IsDurable { get; init; }
}
