using System.Collections.Immutable;

namespace Armature.Validation.Files;

/// <summary>What the check of a file found. The same for the same file and rules, on however many silos it was checked.</summary>
public sealed record FileReport
{
    /// <summary>Rows without the header.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that break a rule. Rules in code that are no errors (<see cref="ValidationSeverity"/>) are counted, and make no row bad.</summary>
    public required long BadRows { get; init; }

    /// <summary>How often each rule is broken, in the order of the rules, those of rules in code in the order in which rows break them; those that are not broken are left out. Exact.</summary>
    public required ImmutableArray<FileRuleCount> Counts { get; init; }

    /// <summary>The first failures in the order of rows, within one in the order of the rules.</summary>
    public required ImmutableArray<FileFailure> Failures { get; init; }

    /// <summary>Why the file could not be read, or not to its end: the counts are then of what was read; null when it was.</summary>
    public FileFault? Fault { get; init; }

    /// <summary>Of a file that could not be read at all.</summary>
    internal static FileReport Unread(FileFault fault) => new() { Rows = 0, BadRows = 0, Counts = [], Failures = [], Fault = fault };

    /// <summary>All failures together.</summary>
    public long FailureCount => Counts.Sum(static count => count.Count);

    /// <summary>True when the file was read to its end and no row breaks a rule.</summary>
    public bool IsValid => Fault is null && BadRows == 0;

    /// <summary>True when the file was read to its end and no more rows break a rule than are allowed.</summary>
    public bool IsWithin(FileTolerance tolerance) => Fault is null && tolerance.Allows(BadRows, Rows);
}
