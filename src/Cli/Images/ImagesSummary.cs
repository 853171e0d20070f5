using System.Globalization;
using Armature.Reporting;

namespace Armature.Images;

/// <summary>The report of <c>armature images</c> for people.</summary>
internal static class ImagesSummary
{
    public static void Write(TextWriter writer, ImagesReport report)
    {
        if (report.Items == 0)
        {
            writer.WriteLine("No files were found: nothing to do.");
            return;
        }

        var made = report.Succeeded - report.Skipped;
        var rate = report.Seconds > 0 ? made / report.Seconds : 0;
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(report.Cancelled ? "Cancelled: " : "")}{report.Succeeded:N0} of {report.Items:N0} files done{UpToDate(report)}, {report.Failed.Count:N0} failed{NotDone(report)}."));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Outputs:N0} pictures written in {report.Seconds:F1} s, {rate:F1} files/s, to {report.Out}"));
        ReportWriter.WriteFailures(writer, report.Failed);
    }

    private static string NotDone(ImagesReport report) =>
        report.NotDone == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {report.NotDone:N0} not done");

    private static string UpToDate(ImagesReport report) =>
        report.Skipped == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({report.Skipped:N0} were up to date)");
}
