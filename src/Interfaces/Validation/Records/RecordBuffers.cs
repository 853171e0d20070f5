namespace Armature.Validation.Records;

/// <summary>What a reader of records knows of the file, and room that it writes in. Made once for a worker, used for one chunk after the other.</summary>
internal sealed class RecordBuffers
{
    /// <summary>For CSV.</summary>
    /// <param name="format">How the file is written.</param>
    /// <param name="limits">What is read at most.</param>
    /// <param name="columns">How many cells each record must have.</param>
    public RecordBuffers(RecordFormat format, RecordLimits limits, int columns)
    {
        Format = format;
        Limits = limits;
        Columns = columns;
        Index = new CsvIndex(format);
    }

    /// <summary>For NDJSON, or for CSV with these columns.</summary>
    /// <param name="format">How the file is written.</param>
    /// <param name="limits">What is read at most.</param>
    /// <param name="columns">The names of the columns, in the order in which their cells are asked for.</param>
    public RecordBuffers(RecordFormat format, RecordLimits limits, IReadOnlyList<string> columns)
        : this(format, limits, columns.Count)
    {
        Members = new MemberNames(columns);
        Starts = new int[columns.Count];
        Ends = new int[columns.Count];
    }

    public RecordFormat Format { get; }

    public RecordLimits Limits { get; }

    public int Columns { get; }

    /// <summary>Where cells of CSV end.</summary>
    public CsvIndex Index { get; }

    /// <summary>Which column a member of JSON belongs to.</summary>
    public MemberNames Members { get; } = MemberNames.None;

    /// <summary>Where each cell of a JSON object begins, as the reader writes it.</summary>
    public int[] Starts { get; } = [];

    /// <summary>Where each cell of a JSON object ends, as the reader writes it.</summary>
    public int[] Ends { get; } = [];

    /// <summary>Where cells are written that do not stand in the chunk as they are: each at its own place in the record, so that they do not overlap.</summary>
    public byte[] Scratch { get; private set; } = [];

    /// <summary>Makes sure of room for a record of this length.</summary>
    public byte[] ScratchFor(int length)
    {
        if (Scratch.Length < length)
        {
            Scratch = new byte[Math.Max(length, 2 * Scratch.Length)];
        }

        return Scratch;
    }
}
