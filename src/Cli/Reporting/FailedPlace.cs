using System.Text.Json.Serialization;

namespace Armature.Reporting;

/// <summary>Where something failed in a file of records.</summary>
/// <param name="Row">The row as a spreadsheet numbers it.</param>
/// <param name="Line">The line as an editor numbers it.</param>
/// <param name="Column">The column; null for the row as a whole.</param>
/// <param name="Value">The value; null where there is none or it is nobody's business.</param>
/// <param name="FirstRow">The row that has the same key first; null where there is none.</param>
internal sealed record FailedPlace(
    long Row,
    long Line,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Column,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? FirstRow);
