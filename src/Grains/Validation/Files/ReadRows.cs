namespace Armature.Validation.Files;

/// <summary>The rows of a chunk, read.</summary>
/// <param name="Records">Those that are records, in their order.</param>
/// <param name="Rows">All of them.</param>
/// <param name="KnownRules">How many rules there are of reading; those of the records come after them.</param>
/// <param name="Lines">How many line ends the chunk has.</param>
internal sealed record ReadRows<T>(List<T> Records, List<ReadRow> Rows, int KnownRules, long Lines);
