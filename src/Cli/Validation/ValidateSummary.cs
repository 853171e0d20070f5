using System.Globalization;
using Armature.Reporting;
using Armature.Terminal;
using Armature.Validation.Files;
using Spectre.Console;

namespace Armature.Validation;

/// <summary>Writes the report of <c>armature validate</c> for people.</summary>
internal static class ValidateSummary
{
    private const int ListedRules = 50;
    private const int ListedFailures = 20;

    public static void Write(TextWriter writer, ValidateReport report)
    {
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.File}: {Counted(report.Items, "row")}, {report.FailedCount:N0} bad, {Counted(report.FailureCount, "failure")}, in {report.Seconds:F1} s: {Verdict(report)}."));
        if (report.Fault is { } fault)
        {
            writer.WriteLine($"  {fault.Code}{(fault.Offset is { } offset ? string.Create(CultureInfo.InvariantCulture, $" near byte {offset:N0}") : "")}: {VisibleText.OfLines(fault.Message)}");
        }

        WriteCounts(writer, report);
        WriteFailures(writer, report);
        foreach (var output in report.Outputs)
        {
            writer.WriteLine($"  written: {output}");
        }
    }

    private static string Counted(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string Verdict(ValidateReport report) => report switch
    {
        { Fault: not null } => "it could not be checked to its end",
        { Valid: true } => "valid",
        { WithinTolerance: true } => $"within --max-errors {report.MaxErrors}",
        _ => "not valid",
    };

    private static void WriteCounts(TextWriter writer, ValidateReport report)
    {
        if (report.Counts.Length == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("  failures", "column", "code", "message");
        foreach (var count in report.Counts.OrderByDescending(count => count.Count).Take(ListedRules))
        {
            table.AddRow(
                Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"  {count.Count:N0}")), Cell(count.Column ?? "(row)"), Cell(count.Code), Cell(count.Message));
        }

        ReportWriter.WriteTable(writer, table);
        WriteRest(writer, report.Counts.Length - ListedRules, "rule");
    }

    private static void WriteFailures(TextWriter writer, ValidateReport report)
    {
        foreach (var failed in report.Failed.Take(ListedFailures))
        {
            writer.WriteLine($"  {Place(failed.At!)}: {failed.Code}: {VisibleText.Of(failed.Message)}");
        }

        if (report.Failed.Count > 0)
        {
            WriteRest(writer, report.FailureCount - Math.Min(report.Failed.Count, ListedFailures), "failure", "; --report FILE writes all of them");
        }
    }

    private static string Place(FailedPlace at)
    {
        var column = at.Column is null ? "" : $", {VisibleText.Of(at.Column)}";
        var value = at.Value is null ? "" : $" '{VisibleText.Of(at.Value)}'";
        var first = at.FirstRow is null ? "" : $", as in row {at.FirstRow}";
        return $"row {at.Row}, line {at.Line}{column}{value}{first}";
    }

    private static void WriteRest(TextWriter writer, long rest, string noun, string hint = "")
    {
        if (rest > 0)
        {
            writer.WriteLine($"  and {Counted(rest, $"more {noun}")}{hint}");
        }
    }

    private static string Cell(string text) => Markup.Escape(VisibleText.Of(text));
}
