namespace Armature.Validation.Files;

/// <summary>How failures are written to a report.</summary>
public enum FailureFormat
{
    /// <summary>A JSON object a line.</summary>
    Ndjson,

    /// <summary>CSV (RFC 4180) with a header. A value that a spreadsheet would take for a formula has an apostrophe before it.</summary>
    Csv,
}
