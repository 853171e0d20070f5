using System.ComponentModel.DataAnnotations;
using Armature.Rendering.Routes;

namespace Armature.Rendering.Output;

/// <summary>Which pages of a site are pre-rendered, and how they are written.</summary>
public sealed class PreRenderOptions
{
    /// <summary>Where the routes come from.</summary>
    /// <value>Default: the bundle's own, and a crawl from <c>/</c> where it names none.</value>
    public RouteSource? Routes { get; set; }

    /// <summary>The most routes of all sources together; a crawl has its own limit, <see cref="CrawlOptions.MaxPages"/>.</summary>
    /// <value>Default: 200,000. 1 to 5,000,000.</value>
    [Range(1, 5_000_000)]
    public int MaxRoutes { get; set; } = 200_000;

    /// <summary>How often a page is tried, and the id of the batch; null for the defaults.</summary>
    public RenderOptions? Rendering { get; set; }

    /// <summary>Which file a page becomes.</summary>
    /// <value>Default: <see cref="PageLayout.Folders"/>.</value>
    [EnumDataType(typeof(PageLayout))]
    public PageLayout Layout { get; set; }

    /// <summary>The route of the page for all that is not found. Its page becomes <c>404.html</c>, whatever its status is. Null: <c>/404</c>, if it is among the routes.</summary>
    /// <value>Default: none.</value>
    public string? NotFoundRoute { get; set; }

    /// <summary>Whether a <c>sitemap.xml</c> of all pages with status 200 is written, with URLs of the site's origin.</summary>
    /// <value>Default: false.</value>
    public bool Sitemap { get; set; }

    /// <summary>Whether pages and static files of text get a compressed variant beside them (<c>.br</c> and <c>.gz</c>), where it is smaller.</summary>
    /// <value>Default: false.</value>
    public bool Compress { get; set; }

    /// <summary>Gives for a route what its page depends on, as a version, an ETag or a hash: while it stays the same, the page is not rendered again. Null for a page that is rendered always.</summary>
    /// <value>Default: none. Called for several routes at once.</value>
    public Func<string, CancellationToken, ValueTask<string?>>? InputsOf { get; set; }

    /// <summary>Which pages of the last run are taken over.</summary>
    /// <value>Default: <see cref="PageReuse.ByInputs"/>.</value>
    [EnumDataType(typeof(PageReuse))]
    public PageReuse Reuse { get; set; }

    /// <summary>What is done when pages failed.</summary>
    /// <value>Default: <see cref="FailurePublishing.PublishGood"/>.</value>
    [EnumDataType(typeof(FailurePublishing))]
    public FailurePublishing OnFailure { get; set; }

    /// <summary>Versions that are kept beside the output, the published one among them.</summary>
    /// <value>Default: 2. 1 to 100.</value>
    [Range(1, 100)]
    public int KeptVersions { get; set; } = 2;

    /// <summary>Pages that are written at a time.</summary>
    /// <value>Default: 8. 1 to 256.</value>
    [Range(1, 256)]
    public int MaxWrites { get; set; } = 8;

    /// <summary>How many failed pages are listed. All are counted.</summary>
    /// <value>Default: 1,000. 0 to 1,000,000.</value>
    [Range(0, 1_000_000)]
    public int MaxListedFailures { get; set; } = 1_000;

    /// <summary>Is told how far the work is, after each page and in one place at a time; null for nobody.</summary>
    public IProgress<PreRenderProgress>? Progress { get; set; }
}
