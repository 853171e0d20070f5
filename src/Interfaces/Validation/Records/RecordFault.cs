namespace Armature.Validation.Records;

/// <summary>What is wrong with the form of a record. One that has a fault is not looked at further: its cells could be anybody's.</summary>
/// <remarks>The numbers are places in the rules of a table, so they leave no gaps; 0 is the first fault.</remarks>
internal enum RecordFault
{
    /// <summary>Nothing.</summary>
    None = -1,

    /// <summary>It is longer than a record may be; its cells were not read.</summary>
    RecordTooLong = 0,

    /// <summary>A cell is longer than a cell may be.</summary>
    CellTooLong = 1,

    /// <summary>It has fewer or more cells than there are columns; in JSON, members that no column names.</summary>
    CellCount = 2,

    /// <summary>There is a quote where none may be: within a cell that does not begin with one, or followed by text after the closing one.</summary>
    StrayQuote = 3,

    /// <summary>The file ends within a quoted cell.</summary>
    UnclosedQuote = 4,

    /// <summary>Its bytes are not UTF-8.</summary>
    InvalidUtf8 = 5,

    /// <summary>There is a NUL byte in it.</summary>
    NulByte = 6,

    /// <summary>The line is not a JSON object, or has a column twice (NDJSON only).</summary>
    InvalidJson = 7,
}
