using Armature.Reporting;
using Armature.Validation.Files;

namespace Armature.Validation;

public sealed class ValidateSummaryTests
{
    private static readonly ValidateReport Valid = new()
    {
        Items = 1_000_000,
        Succeeded = 1_000_000,
        Failed = [],
        Seconds = 0.52,
        File = "rows.csv",
        Valid = true,
        WithinTolerance = true,
        MaxErrors = "0",
        FailedCount = 0,
        FailureCount = 0,
        Counts = [],
        Outputs = ["/tmp/good.csv"],
    };

    [Fact]
    public void Write_AValidFile_IsTwoLines() =>
        Lines(Valid).ShouldBe(["rows.csv: 1,000,000 rows, 0 bad, 0 failures, in 0.5 s: valid.", "  written: /tmp/good.csv"]);

    [Fact]
    public void Write_ManyFailures_AreCountedByRuleAndTheFirstOnesListed()
    {
        var report = Valid with
        {
            Valid = false,
            WithinTolerance = false,
            FailedCount = 900,
            FailureCount = 1_000,
            Counts = [new(null, "cell_count", "The record [must]", 1), new("age", "min", "age must be 0 or more.", 999)],
            Failed = [.. Enumerable.Range(2, 100).Select(row => new FailedItem($"row {row}", "min", "age must be 0 or more.") { At = new(row, row + 5, "age", "-1", null) })],
            Outputs = [],
        };

        var lines = Lines(report);

        lines[0].ShouldEndWith(": not valid.");
        lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["999", "age", "min", "age", "must", "be", "0", "or", "more."]);
        lines[3].ShouldContain("(row)");
        lines[4].ShouldBe("  row 2, line 7, age '-1': min: age must be 0 or more.");
        lines[^1].ShouldBe("  and 980 more failures; --report FILE writes all of them");
    }

    [Fact]
    public void Write_OneOfEach_SaysSoInTheSingular()
    {
        var report = Valid with
        {
            Items = 1,
            Valid = false,
            WithinTolerance = false,
            FailedCount = 1,
            FailureCount = 21,
            Failed = [.. Enumerable.Range(0, 21).Select(_ => new FailedItem("row 2", "min", "no") { At = new(2, 2, "age", null, null) })],
            Outputs = [],
        };

        Lines(report)[0].ShouldStartWith("rows.csv: 1 row, 1 bad, 21 failures, in");
        Lines(report)[^1].ShouldBe("  and 1 more failure; --report FILE writes all of them");
    }

    [Fact]
    public void Write_WhatTheFileHolds_DoesNotSteerTheTerminal()
    {
        var report = Valid with { Failed = [new("row 2", "pattern", "no") { At = new(2, 2, "a\u001b[31m", "x\u0007\n", 1) }] };

        Lines(report)[1].ShouldBe("""  row 2, line 2, a\u001b[31m 'x\u0007\u000a', as in row 1: pattern: no""");
    }

    [Fact]
    public void Write_AFaultWithWhatTheHeaderHolds_DoesNotSteerTheTerminal()
    {
        var report = Valid with { Fault = new("header", "Two columns are wrong:\nColumn 1 is a\u001b[31m.", null) };

        Lines(report)[1..3].ShouldBe(["  header: Two columns are wrong:", """Column 1 is a\u001b[31m."""]);
    }

    [Fact]
    public void Write_AFileThatCouldNotBeRead_SaysWhy()
    {
        var report = Valid with { Valid = false, WithinTolerance = false, Fault = new FileFault("gzip_truncated", "It ends.", 5_000), Outputs = [] };

        Lines(report)[0].ShouldEndWith(": it could not be checked to its end.");
        Lines(report)[1].ShouldBe("  gzip_truncated near byte 5,000: It ends.");
    }

    private static string[] Lines(ValidateReport report)
    {
        using var writer = new StringWriter();
        ValidateSummary.Write(writer, report);
        return writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
