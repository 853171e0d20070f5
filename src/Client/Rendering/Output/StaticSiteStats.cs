namespace Armature.Rendering.Output;

/// <summary>What became of a site that was pre-rendered.</summary>
public sealed record StaticSiteStats
{
    /// <summary>The hash of the bundle that rendered the pages.</summary>
    public required string Bundle { get; init; }

    /// <summary>Pages that were rendered and written, redirects among them.</summary>
    public required int PagesRendered { get; init; }

    /// <summary>Pages that were taken over from the last version, since nothing that they depend on changed.</summary>
    public required int PagesUnchanged { get; init; }

    /// <summary>Redirects among the pages.</summary>
    public required int Redirects { get; init; }

    /// <summary>Pages that failed.</summary>
    public required int FailedCount { get; init; }

    /// <summary>The failed pages in the order of their routes: at most <see cref="PreRenderOptions.MaxListedFailures"/>.</summary>
    public required IReadOnlyList<FailedPage> Failed { get; init; }

    /// <summary>True when the batch of the pages was cancelled before its end, here or elsewhere. Then nothing is published.</summary>
    public required bool IsCancelled { get; init; }

    /// <summary>What else is worth knowing, such as a record of the last run that could not be read: at most 100 notes.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Static files that were copied beside the pages.</summary>
    public required int AssetsCopied { get; init; }

    /// <summary>Bytes that were written, compressed variants among them.</summary>
    public required long BytesWritten { get; init; }

    /// <summary>From the call to the switch.</summary>
    public required TimeSpan TimeTaken { get; init; }

    /// <summary>The version that was published: the name of its folder. Null when the last one stays, since no page succeeded, the batch was cancelled, or a page failed and <see cref="PreRenderOptions.OnFailure"/> says so.</summary>
    public required string? Version { get; init; }

    /// <summary>Pages rendered in a second.</summary>
    public double PagesPerSecond => TimeTaken > TimeSpan.Zero ? PagesRendered / TimeTaken.TotalSeconds : 0;

    /// <summary>True when no page failed.</summary>
    public bool IsComplete => FailedCount == 0;
}
