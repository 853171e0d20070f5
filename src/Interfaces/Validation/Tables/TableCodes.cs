namespace Armature.Validation.Tables;

/// <summary>The codes of the rules of tables that rules in code do not have. The others are those of <see cref="ValidationCodes"/>.</summary>
public static class TableCodes
{
    /// <summary>A record is longer than is allowed.</summary>
    public const string RecordTooLong = "record_too_long";

    /// <summary>A cell is longer than is allowed.</summary>
    public const string CellTooLong = "cell_too_long";

    /// <summary>A record has fewer or more cells than there are columns.</summary>
    public const string CellCount = "cell_count";

    /// <summary>There is a quote where none may be.</summary>
    public const string StrayQuote = "stray_quote";

    /// <summary>The file ends within a quoted cell.</summary>
    public const string UnclosedQuote = "unclosed_quote";

    /// <summary>The bytes of a record are not UTF-8.</summary>
    public const string InvalidUtf8 = "invalid_utf8";

    /// <summary>There is a NUL byte in a record.</summary>
    public const string NulByte = "nul_byte";

    /// <summary>A line is not a JSON object.</summary>
    public const string InvalidJson = "invalid_json";

    /// <summary>A value is not of the field's type and format. Formats of strings have codes of their own.</summary>
    public const string Type = "type";

    /// <summary>Not a URI.</summary>
    public const string Uri = "uri";

    /// <summary>Not base64.</summary>
    public const string Binary = "binary";

    /// <summary>Not more than the value that must be exceeded.</summary>
    public const string ExclusiveMin = "exclusive_min";

    /// <summary>Not less than the value that must not be reached.</summary>
    public const string ExclusiveMax = "exclusive_max";

    /// <summary>None of the field's categories.</summary>
    public const string Category = "category";

    /// <summary>The same value is in an earlier row.</summary>
    public const string Unique = "unique";

    /// <summary>The same values of a primary key are in an earlier row.</summary>
    public const string PrimaryKey = "primary_key";

    /// <summary>The same values of a unique key are in an earlier row.</summary>
    public const string UniqueKey = "unique_key";

    /// <summary>The values of a foreign key are not in the table that it refers to.</summary>
    public const string ForeignKey = "foreign_key";
}
