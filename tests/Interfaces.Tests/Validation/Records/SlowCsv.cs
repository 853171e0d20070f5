using System.Text;

namespace Armature.Validation.Records;

/// <summary>Reads CSV one byte after the other, in the plainest way: what the fast reader must agree with. Without a header.</summary>
internal sealed class SlowCsv(byte[] file, RecordFormat format, RecordLimits limits, int columns)
{
    private readonly List<SeenRecord> _records = [];
    private readonly List<string> _cells = [];
    private long _line;
    private long _lineOfRecord;
    private int _begin;
    private int _beginOfCell;

    public SeenFile Read()
    {
        var isQuoted = false;
        for (var at = 0; at < file.Length; at++)
        {
            var character = (char)file[at];
            var next = at + 1 < file.Length ? (char)file[at + 1] : '\0';
            if (character == format.Quote)
            {
                isQuoted = !isQuoted;
            }
            else if (character == format.Delimiter && !isQuoted)
            {
                EndCell(at);
            }
            else if (character is '\n' or '\r')
            {
                var width = character == '\r' && next == '\n' ? 2 : 1;
                _line++;
                if (!isQuoted)
                {
                    EndRecord(at, isUnclosed: false);
                    _begin = _beginOfCell = at + width;
                    _lineOfRecord = _line;
                }

                at += width - 1;
            }
        }

        EndRecord(file.Length, isUnclosed: isQuoted);
        return new SeenFile(null, _records, _line);
    }

    private void EndCell(int end)
    {
        _cells.Add(SeenRecord.Text(file.AsSpan(_beginOfCell, end - _beginOfCell)));
        _beginOfCell = end + 1;
    }

    private void EndRecord(int end, bool isUnclosed)
    {
        EndCell(end);
        if (end > _begin)
        {
            var fault = FaultOf(file[_begin..end], isUnclosed);
            _records.Add(new SeenRecord(
                fault, _lineOfRecord, _begin, fault == RecordFault.RecordTooLong ? 0 : end - _begin,
                fault == RecordFault.None ? string.Join('|', _cells.Select(WithoutQuotes)) : ""));
        }

        _cells.Clear();
    }

    private RecordFault FaultOf(byte[] record, bool isUnclosed) =>
        record.Length > limits.MaxRecordBytes ? RecordFault.RecordTooLong
        : record.Contains((byte)0) ? RecordFault.NulByte
        : !IsUtf8(record) ? RecordFault.InvalidUtf8
        : isUnclosed ? RecordFault.UnclosedQuote
        : _cells.Any(cell => cell.Contains(format.Quote) && !IsQuoted(cell)) ? RecordFault.StrayQuote
        : _cells.Take(columns).Any(cell => cell.Length > limits.MaxCellBytes) ? RecordFault.CellTooLong
        : _cells.Count != columns ? RecordFault.CellCount
        : RecordFault.None;

    private bool IsQuoted(string cell) =>
        cell.Length >= 2 && cell[0] == format.Quote && cell[^1] == format.Quote
        && !cell[1..^1].Replace(new string(format.Quote, 2), "", StringComparison.Ordinal).Contains(format.Quote);

    private string WithoutQuotes(string cell) => cell.Contains(format.Quote)
        ? cell[1..^1].Replace(new string(format.Quote, 2), format.Quote.ToString(), StringComparison.Ordinal)
        : cell;

    private static bool IsUtf8(byte[] bytes)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
