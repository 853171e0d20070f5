namespace Armature.Caching;

/// <summary>Entries that a scan found.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Keys">Their keys, in no order; not all of them when there are more than were asked for.</param>
public sealed record CacheMatches(long Count, IReadOnlyList<string> Keys);
