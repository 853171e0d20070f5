using Armature.Reporting;

namespace Armature.Caching;

/// <summary>What <c>armature cache warm</c> tells.</summary>
internal sealed record CacheWarmReport : BatchReport
{
    /// <summary>The cache's name.</summary>
    public required string Cache { get; init; }

    /// <summary>How many lines failed. The first of them are listed.</summary>
    public required int FailedCount { get; init; }

    protected override long FailedItems => FailedCount;
}
