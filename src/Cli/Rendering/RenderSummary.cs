using System.Globalization;
using Armature.Reporting;
using Armature.Terminal;

namespace Armature.Rendering;

/// <summary>The report of <c>armature render</c> for people.</summary>
internal static class RenderSummary
{
    public static void Write(TextWriter writer, RenderReport report)
    {
        if (report.Items == 0)
        {
            writer.WriteLine("No routes were found: nothing to do.");
        }
        else
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{report.Succeeded:N0} of {report.Items:N0} pages done{Unchanged(report)}, {report.FailedCount:N0} failed, in {report.Seconds:F1} s, {report.PagesPerSecond:F1} pages/s."));
        }

        writer.WriteLine(report.Version is null
            ? $"Nothing was published: {report.Out} stays as it was."
            : string.Create(CultureInfo.InvariantCulture, $"{report.Assets:N0} static files beside them, {Size(report.Bytes)} written, published as {report.Out} (version {report.Version})."));
        writer.WriteLine($"bundle {report.Bundle}");
        foreach (var warning in report.Warnings)
        {
            writer.WriteLine($"  note: {VisibleText.OfLines(warning)}");
        }

        ReportWriter.WriteFailures(writer, [.. report.Failed.Select(page => page with { Item = VisibleText.Of(page.Item), Message = VisibleText.OfLines(page.Message) })]);
    }

    private static string Unchanged(RenderReport report) =>
        report.Unchanged == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({report.Unchanged:N0} were unchanged)");

    private static string Size(long bytes) => bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:F1} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):F1} MiB");
}
