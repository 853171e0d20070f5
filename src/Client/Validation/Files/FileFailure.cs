namespace Armature.Validation.Files;

/// <summary>A rule that a row of a file breaks.</summary>
public sealed record FileFailure
{
    /// <summary>The row, as a spreadsheet numbers it: the header is row 1, and blank lines do not count.</summary>
    public required long Row { get; init; }

    /// <summary>The line on which the row begins, as an editor numbers it, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The column's name, or those of several with <c>, </c> between them; for rules in code the path, such as <c>name</c>. Null for the row as a whole.</summary>
    public string? Column { get; init; }

    /// <summary>Which rule, as programs know it.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong and what is allowed, for people.</summary>
    public required string Message { get; init; }

    /// <summary>The value, cut to <see cref="ValidationLimits.MaxValueLength"/> characters; null for the row as a whole and for sensitive fields. What rules in code have read is written as the invariant culture does.</summary>
    public string? Value { get; init; }

    /// <summary>The row that has the same key first; null where there is none.</summary>
    public long? FirstRow { get; init; }
}
