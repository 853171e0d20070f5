namespace Armature.Caching;

/// <summary>Entries of a cache that are meant together.</summary>
/// <param name="Kind">By what.</param>
/// <param name="Text">The pattern or the tag; empty for all.</param>
/// <param name="MaxKeys">For <see cref="CacheOperation.Scan"/>: how many keys to list, of each partition; at most <see cref="CacheScanPart.MostKeys"/>.</param>
[GenerateSerializer, Immutable, Alias("armature.caching.selection")]
public sealed record CacheSelection(
    [property: Id(0)] CacheSelectionKind Kind,
    [property: Id(1)] string Text,
    [property: Id(2)] int MaxKeys = 0);
