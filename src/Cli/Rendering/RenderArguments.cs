using Armature.CommandLine;
using Armature.Rendering.Output;

namespace Armature.Rendering;

/// <summary>What <c>armature render</c> was asked for.</summary>
internal sealed record RenderArguments
{
    /// <summary>The folder of the built site.</summary>
    public required string Site { get; init; }

    /// <summary>The folder of the output.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>A file with a route on each line.</summary>
    public string? RoutesFile { get; init; }

    /// <summary>A sitemap with the routes.</summary>
    public string? SitemapFile { get; init; }

    /// <summary>Whether links of rendered pages are followed.</summary>
    public LinkFollowing Links { get; init; }

    /// <summary>What the site is opened with.</summary>
    public required SiteOptions SiteOptions { get; init; }

    /// <summary>Which file a page becomes.</summary>
    public PageLayout Layout { get; init; }

    /// <summary>The route of the page for all that is not found.</summary>
    public string? NotFoundRoute { get; init; }

    /// <summary>Whether a sitemap is written.</summary>
    public bool WritesSitemap { get; init; }

    /// <summary>Whether compressed variants are written.</summary>
    public bool Compresses { get; init; }

    /// <summary>A file of JSON with what each page depends on.</summary>
    public string? InputsFile { get; init; }

    /// <summary>Which pages of the last run are taken over.</summary>
    public PageReuse Reuse { get; init; }

    /// <summary>What is done when pages failed.</summary>
    public FailurePublishing OnFailure { get; init; }

    /// <summary>The options of every verb.</summary>
    public required CommonArguments Common { get; init; }
}
