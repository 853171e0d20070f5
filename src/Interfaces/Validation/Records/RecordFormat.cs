namespace Armature.Validation.Records;

/// <summary>
/// How a file of records is written. Always UTF-8, with or without a byte order mark, and perhaps compressed with gzip: both are seen
/// from the file's first bytes.
/// </summary>
/// <remarks>
/// A line of CSV ends with LF, CR LF or a CR alone; a quoted cell may have line ends within. A line of NDJSON ends with LF, before which a
/// CR is white space. Blank lines are no records.
/// </remarks>
[GenerateSerializer, Immutable, Alias("armature.validation.record-format")]
public sealed record RecordFormat
{
    /// <summary>CSV with commas, double quotes and a header.</summary>
    public static RecordFormat Csv { get; } = new();

    /// <summary>One JSON object a line.</summary>
    public static RecordFormat Ndjson { get; } = new() { Kind = RecordKind.Ndjson };

    /// <summary>CSV or NDJSON.</summary>
    /// <value>Default: <see cref="RecordKind.Csv"/>.</value>
    [Id(0)]
    public RecordKind Kind { get; init; }

    /// <summary>What stands between the cells of CSV: one ASCII character, but no letter, digit, line end, NUL or the quote.</summary>
    /// <value>Default: <c>,</c>.</value>
    [Id(1)]
    public char Delimiter { get; init; } = ',';

    /// <summary>What stands around cells of CSV that have delimiters, line ends or quotes in them; a quote within is written twice. One ASCII character as <see cref="Delimiter"/>.</summary>
    /// <value>Default: <c>"</c>.</value>
    [Id(2)]
    public char Quote { get; init; } = '"';

    /// <summary>Whether the first record of CSV has the names of the columns.</summary>
    /// <value>Default: true.</value>
    [Id(3)]
    public bool HasHeader { get; init; } = true;

    /// <summary>Whether a JSON object may have members that no column names. They are passed over then; otherwise such a record has too many cells.</summary>
    /// <value>Default: false.</value>
    [Id(4)]
    public bool AllowsUnknownMembers { get; init; }

    /// <exception cref="ArgumentException">A character is not allowed; the message says why.</exception>
    internal RecordFormat Checked()
    {
        if (!Enum.IsDefined(Kind))
        {
            throw new ArgumentException($"{(int)Kind} is no {nameof(RecordKind)}: {nameof(RecordKind.Csv)} and {nameof(RecordKind.Ndjson)} are.");
        }

        Check(nameof(Delimiter), Delimiter);
        Check(nameof(Quote), Quote);
        return Delimiter != Quote
            ? this
            : throw new ArgumentException($"Delimiter and Quote are both {Named(Quote)}. They must differ: without quotes nobody can tell where a cell ends.");
    }

    private static void Check(string property, char character)
    {
        if (!char.IsAscii(character) || char.IsAsciiLetterOrDigit(character) || character is '\0' or '\r' or '\n')
        {
            throw new ArgumentException($"{property} is {Named(character)}. It must be one ASCII character, and no letter, digit, line end or NUL.");
        }
    }

    private static string Named(char character) => character is > ' ' and <= '~' ? $"'{character}'" : $"U+{(int)character:X4}";
}
