using System.Text;

namespace Armature.Validation.Records;

/// <summary>Reads the names of the columns from the first record of a file of CSV.</summary>
internal sealed class CsvHeader(RecordFormat format, RecordLimits limits)
{
    private readonly RecordBuffers _buffers = new(format, limits, limits.MaxColumns);

    /// <summary>The names, once they were found.</summary>
    public string[] Names { get; private set; } = [];

    /// <summary>Line ends of what was taken.</summary>
    public long Lines { get; private set; }

    /// <summary>Takes the header from the beginning of a chunk, with the blank lines before it; false when there are only blank lines.</summary>
    /// <exception cref="RecordFileException">It cannot be read.</exception>
    public bool Take(RecordChunk chunk)
    {
        if (chunk.IsOversized)
        {
            throw Invalid(chunk.Offset, $"is longer than {limits.MaxRecordBytes:N0} bytes, the most that MaxRecordBytes allows. Is a quote missing or too many, or is this another kind of file?");
        }

        var reader = new CsvRecordReader(chunk.Bytes.Span, _buffers);
        var isFound = reader.Read();
        Lines += reader.LineCount;
        if (isFound)
        {
            Check(ref reader, chunk.Offset + reader.Offset);
            Names = NamesOf(ref reader);
            CheckNames(chunk.Offset + reader.Offset);
        }

        chunk.Skip(reader.Position);
        return isFound;
    }

    private void Check(ref CsvRecordReader reader, long offset)
    {
        // The reader was told to expect as many columns as there may be, so fewer are no fault here.
        if (reader.Fault is not (RecordFault.None or RecordFault.CellCount) || reader.CellCount > limits.MaxColumns)
        {
            throw Invalid(offset, reader.Fault switch
            {
                RecordFault.RecordTooLong => $"is longer than {limits.MaxRecordBytes:N0} bytes, the most that MaxRecordBytes allows.",
                RecordFault.CellTooLong => $"has a name longer than {limits.MaxCellBytes:N0} bytes, the most that MaxCellBytes allows.",
                RecordFault.StrayQuote => $"has a quote ({format.Quote}) within a name that does not begin with one, or text after the closing one. A name with quotes is quoted as a whole, and quotes within are written twice.",
                RecordFault.UnclosedQuote => $"has a quote ({format.Quote}) that is never closed.",
                RecordFault.InvalidUtf8 => "is not UTF-8. Save the file as UTF-8, or convert it, as with 'iconv -f WINDOWS-1252 -t UTF-8'.",
                RecordFault.NulByte => "has a NUL byte in it.",
                _ => $"has {reader.CellCount:N0} columns; {limits.MaxColumns:N0} are allowed by MaxColumns.",
            });
        }
    }

    private static string[] NamesOf(ref CsvRecordReader reader)
    {
        var names = new string[reader.CellCount];
        for (var column = 0; column < names.Length; column++)
        {
            names[column] = Encoding.UTF8.GetString(reader.Cell(column));
        }

        return names;
    }

    private void CheckNames(long offset)
    {
        var columns = new Dictionary<string, int>();
        for (var column = 0; column < Names.Length; column++)
        {
            var name = Names[column];
            if (string.IsNullOrWhiteSpace(name))
            {
                throw new RecordFileException(
                    RecordFileCodes.HeaderEmpty, offset,
                    $"Column {column + 1} of the {Names.Length} has no name in the header. Each needs one; if the file has no header, say so (HasHeader = false, --no-header on the command line).");
            }

            if (!columns.TryAdd(name, column))
            {
                throw new RecordFileException(
                    RecordFileCodes.HeaderDuplicate, offset,
                    $"Columns {columns[name] + 1} and {column + 1} are both called '{Shown(name)}' in the header. Rules are given by name, so each must be another; if the file has no header, say so (HasHeader = false, --no-header on the command line).");
            }
        }
    }

    private static string Shown(string name) =>
        name.Length <= ValidationLimits.MaxValueLength ? name : name[..ValidationLimits.MaxValueLength] + "…";

    private static RecordFileException Invalid(long offset, string how) => new(RecordFileCodes.HeaderInvalid, offset, $"The header {how}");
}
