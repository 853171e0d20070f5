using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Armature.Reporting;
using Armature.Validation.Files;

namespace Armature.Validation;

/// <summary>What <c>armature validate</c> tells at its end. Its items are the rows.</summary>
internal sealed record ValidateReport : BatchReport
{
    /// <summary>The file.</summary>
    public required string File { get; init; }

    /// <summary>True when the file was read to its end and no row is bad.</summary>
    public required bool Valid { get; init; }

    /// <summary>True when the file was read to its end and no more rows are bad than are allowed.</summary>
    public required bool WithinTolerance { get; init; }

    /// <summary>How many rows may be bad.</summary>
    public required string MaxErrors { get; init; }

    /// <summary>How many rows are bad.</summary>
    public required long FailedCount { get; init; }

    /// <summary>All failures together; a row may have several.</summary>
    public required long FailureCount { get; init; }

    /// <summary>How often each rule is broken.</summary>
    public required ImmutableArray<FileRuleCount> Counts { get; init; }

    /// <summary>Why the file could not be read, or not to its end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FileFault? Fault { get; init; }

    /// <summary>The files that were written.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    [JsonIgnore]
    public override int ExitCode => WithinTolerance ? CommandLine.ExitCode.Done : CommandLine.ExitCode.SomeFailed;

    protected override long FailedItems => FailedCount;

    /// <summary>Says what the check found.</summary>
    public static ValidateReport Of(FileReport found, ValidateArguments arguments, IReadOnlyList<string> outputs, TimeSpan time) => new()
    {
        Items = found.Rows,
        Succeeded = found.Rows - found.BadRows,
        Failed = [.. found.Failures.Select(ItemOf)],
        Seconds = Math.Round(time.TotalSeconds, 3),
        File = arguments.File,
        Valid = found.IsValid,
        WithinTolerance = found.IsWithin(arguments.MaxErrors),
        MaxErrors = arguments.MaxErrors.ToString(),
        FailedCount = found.BadRows,
        FailureCount = found.FailureCount,
        Counts = found.Counts,
        Fault = found.Fault,
        Outputs = outputs,
    };

    private static FailedItem ItemOf(FileFailure failure) => new($"row {failure.Row}", failure.Code, failure.Message)
    {
        At = new(failure.Row, failure.Line, failure.Column, failure.Value, failure.FirstRow),
    };
}
