using Armature.Caching;

namespace Armature.Rendering;

/// <summary>How the pages of a site are kept that is rendered on demand. Everything has a default.</summary>
public sealed class LiveSiteOptions
{
    /// <summary>The cache that keeps the pages. All who serve the site choose the same.</summary>
    /// <value>Default: <c>pages</c>.</value>
    public string CacheName { get; set; } = "pages";

    /// <summary>How long a page is fresh. Afterwards it is still given, and rendered anew in the background.</summary>
    /// <value>Default: 1 minute.</value>
    public TimeSpan FreshFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a page is kept beyond that, to be given while it is rendered anew, or because it cannot be. 1 second to 3,650 days; null: not at all.</summary>
    /// <value>Default: 1 day.</value>
    public TimeSpan? StaleFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long rendering is not tried again after it failed, where there is an older page that can be given: 0 to 1 hour.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Words to invalidate a page by, given its route: at most 14, each of 1 to 128 characters without control characters.</summary>
    /// <value>Default: none.</value>
    public Func<string, IReadOnlyList<string>>? TagsOf { get; set; }

    /// <summary>
    /// The query parameters that pages depend on. Others are cut off before a page is looked up or rendered: otherwise anyone could fill the
    /// cache, and keep the renderers busy, with <c>?a=1</c>, <c>?a=2</c> and so on.
    /// </summary>
    /// <value>Default: none.</value>
    public IReadOnlyCollection<string> QueryParameters { get; set; } = [];

    internal CacheLoadOptions ToLoad(IReadOnlyList<string> tags) => new()
    {
        Ttl = FreshFor,
        Tags = tags,
        StaleFor = StaleFor,
        RetryAfter = RetryAfter,
        SoftTimeout = StaleFor is null ? null : TimeSpan.FromMilliseconds(1),
    };
}
