using System.Text.Json.Serialization;
using Armature.Rendering.Output;
using Armature.Reporting;

namespace Armature.Rendering;

/// <summary>What <c>armature render</c> tells at its end. Its items are the pages.</summary>
internal sealed record RenderReport : BatchReport
{
    /// <summary>The hash of the bundle that rendered the pages.</summary>
    public required string Bundle { get; init; }

    /// <summary>Pages that were rendered and written.</summary>
    public required int Rendered { get; init; }

    /// <summary>Pages that were taken over from the last version.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Redirects among the pages.</summary>
    public required int Redirects { get; init; }

    /// <summary>Pages that failed, also those that are not listed.</summary>
    public required int FailedCount { get; init; }

    /// <summary>Failed routes of the list that have their page as it was rendered last.</summary>
    public required IReadOnlyList<string> KeptLastGood { get; init; }

    /// <summary>Static files that were copied.</summary>
    public required int Assets { get; init; }

    /// <summary>Bytes that were written.</summary>
    public required long Bytes { get; init; }

    /// <summary>Pages rendered in a second.</summary>
    public required double PagesPerSecond { get; init; }

    /// <summary>What else is worth knowing.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The folder of the output.</summary>
    public required string Out { get; init; }

    /// <summary>The version that was published; none when the last one stays.</summary>
    public required string? Version { get; init; }

    [JsonIgnore]
    public override int ExitCode => !Cancelled && Version is null ? CommandLine.ExitCode.SomeFailed : base.ExitCode;

    protected override long FailedItems => FailedCount;

    /// <summary>Says what became of the site.</summary>
    public static RenderReport Of(StaticSiteStats stats, RenderArguments arguments) => new()
    {
        Items = stats.PagesRendered + stats.PagesUnchanged + stats.FailedCount,
        Succeeded = stats.PagesRendered + stats.PagesUnchanged,
        Failed = [.. stats.Failed.Select(page => new FailedItem(page.Route, page.Code, page.Message))],
        Cancelled = stats.IsCancelled,
        Seconds = Math.Round(stats.TimeTaken.TotalSeconds, 3),
        Bundle = stats.Bundle,
        Rendered = stats.PagesRendered,
        Unchanged = stats.PagesUnchanged,
        Redirects = stats.Redirects,
        FailedCount = stats.FailedCount,
        KeptLastGood = [.. stats.Failed.Where(page => page.KeepsLastGood).Select(page => page.Route)],
        Assets = stats.AssetsCopied,
        Bytes = stats.BytesWritten,
        PagesPerSecond = Math.Round(stats.PagesPerSecond, 1),
        Warnings = stats.Warnings,
        Out = Path.GetFullPath(arguments.OutputFolder),
        Version = stats.Version,
    };
}
