namespace Armature;

/// <summary>Why one item of a bulk call failed. It stands in the item's place; its neighbours are not affected.</summary>
/// <param name="Code">A stable word in snake case, for programs: see <see cref="ItemErrorCodes"/> and the page of each system.</param>
/// <param name="Message">What happened, for people. At most 2,048 characters.</param>
/// <param name="Attempts">How often the item was tried, from 1. 0: it was never started.</param>
[GenerateSerializer, Immutable, Alias("armature.item-error")]
public sealed record ItemError(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] int Attempts = 0);
