namespace Armature.Validation.Records;

/// <summary>How the records of a file are written.</summary>
public enum RecordKind
{
    /// <summary>Cells with a delimiter between them, one record a line (RFC 4180).</summary>
    Csv = 0,

    /// <summary>One JSON object a line.</summary>
    Ndjson = 1,
}
