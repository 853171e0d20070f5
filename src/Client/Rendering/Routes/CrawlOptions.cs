using System.ComponentModel.DataAnnotations;

namespace Armature.Rendering.Routes;

/// <summary>How far a crawl goes.</summary>
public sealed class CrawlOptions
{
    /// <summary>The most pages that are rendered, those included that it starts with. Further links are counted and a warning says so.</summary>
    /// <value>Default: 100,000. 1 to 1,000,000.</value>
    [Range(1, 1_000_000)]
    public int MaxPages { get; set; } = 100_000;

    /// <summary>The most links from a page that it starts with to any other. Links of pages that far away are not followed.</summary>
    /// <value>Default: 100. 0 to 100,000.</value>
    [Range(0, 100_000)]
    public int MaxDepth { get; set; } = 100;
}
