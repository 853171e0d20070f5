using Armature.Reporting;

namespace Armature.Caching;

/// <summary>What a verb of <c>armature cache</c> with keys tells.</summary>
internal sealed record CacheReport : BatchReport
{
    /// <summary>The cache's name.</summary>
    public required string Cache { get; init; }

    /// <summary>Keys that have an entry, or had one, or were written.</summary>
    public int Found => Entries.Count(entry => entry.Found);

    /// <summary>The keys that did not fail, in the order in which they were given.</summary>
    public required IReadOnlyList<CacheLine> Entries { get; init; }
}
