using System.Text.Unicode;

namespace Armature.Validation.Records;

/// <summary>Reads the records of a chunk of CSV. Of the faults of one record it tells the one that explains the others.</summary>
internal ref struct CsvRecordReader : IRecordReader
{
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly RecordBuffers _buffers;
    private readonly CsvIndex _index;
    private readonly byte _quote;
    private readonly int _harmlessLength;

    private int _nextEnd;
    private CsvRecordEnd _last;
    // Every byte between two stops is a cell's own: there are no quotes, and no CR before the line end.
    private bool _isPlain;
    private bool _hasQuotes;
    private bool _hasDoubles;

    // What ends the record before, and what ends each cell.
    private ReadOnlySpan<int> _stops;

    public CsvRecordReader(ReadOnlySpan<byte> chunk, RecordBuffers buffers)
    {
        _bytes = chunk;
        _buffers = buffers;
        _index = buffers.Index;
        _index.Restart();
        _quote = (byte)buffers.Format.Quote;
        _harmlessLength = Math.Min(buffers.Limits.MaxRecordBytes, buffers.Limits.MaxCellBytes);
        Record = -1;
    }

    public RecordFault Fault { get; private set; }

    public int Record { get; private set; }

    public int Line { get; private set; }

    public int Offset { get; private set; }

    public int Length { get; private set; }

    public int LineCount { get; private set; }

    /// <summary>How many cells the record has; those that are expected can be asked for.</summary>
    public int CellCount { get; private set; }

    /// <summary>Where the next record begins, or a blank line.</summary>
    public int Position { get; private set; }

    public bool Read()
    {
        while (TryReadLine())
        {
            if (Length > 0)
            {
                Record++;
                return true;
            }
        }

        return false;
    }

    public readonly ReadOnlySpan<byte> Cell(int column)
    {
        if (_isPlain)
        {
            return _bytes[(_stops[column] + 1).._stops[column + 1]];
        }

        var cell = RawCell(column);
        if (!_hasQuotes || cell.Length == 0 || cell[0] != _quote)
        {
            return cell;
        }

        var text = cell[1..^1];
        return _hasDoubles && text.Contains(_quote) ? WithoutDoubles(text, column) : text;
    }

    private bool TryReadLine()
    {
        if (_nextEnd == _index.Ends.Length)
        {
            if (!_index.LookOn(_bytes, _last.Stop))
            {
                return false;
            }

            _nextEnd = 0;
            _last = _last with { Stop = 0 };
        }

        var end = _index.Ends[_nextEnd++];
        var at = _index.Stops[end.Stop];
        CellCount = end.Stop - _last.Stop;
        _stops = _index.Stops.Slice(_last.Stop, CellCount + 1);
        Offset = Position;
        Length = (at < _bytes.Length && at > Offset && _bytes[at] == Lf && _bytes[at - 1] == Cr ? at - 1 : at) - Offset;
        Position = Math.Min(at + 1, _bytes.Length);
        Line = LineCount;
        LineCount += end.QuotedLines - _last.QuotedLines + (at < _bytes.Length ? 1 : 0);
        _hasQuotes = end.Quotes != _last.Quotes;
        _isPlain = !_hasQuotes && Length == at - Offset;
        Fault = CellCount == _buffers.Columns && !_hasQuotes && end.Unusual == _last.Unusual && Length <= _harmlessLength
            ? RecordFault.None
            : FindFault(end);
        _last = end;
        return true;
    }

    private readonly ReadOnlySpan<byte> RawCell(int column)
    {
        var begin = _stops[column] + 1;
        var end = column == CellCount - 1 ? Offset + Length : _stops[column + 1];
        return _bytes[begin..end];
    }

    private RecordFault FindFault(CsvRecordEnd end)
    {
        var record = _bytes.Slice(Offset, Length);
        var isUnusual = end.Unusual != _last.Unusual;
        var quotes = end.Quotes - _last.Quotes;
        return Length > _buffers.Limits.MaxRecordBytes ? RecordFault.RecordTooLong
            : isUnusual && record.Contains((byte)0) ? RecordFault.NulByte
            : isUnusual && !Utf8.IsValid(record) ? RecordFault.InvalidUtf8
            : (quotes & 1) != 0 ? RecordFault.UnclosedQuote
            : quotes > 0 && HasStrayQuote(quotes) ? RecordFault.StrayQuote
            : Length > _buffers.Limits.MaxCellBytes && HasLongCell() ? RecordFault.CellTooLong
            : CellCount != _buffers.Columns ? RecordFault.CellCount
            : RecordFault.None;
    }

    // Where the quotes around cells are all that there are, none can be astray, and nothing within cells needs a look.
    private bool HasStrayQuote(int quotes)
    {
        var around = 0;
        for (var column = 0; column < CellCount; column++)
        {
            around += IsQuoted(RawCell(column)) ? 2 : 0;
        }

        _hasDoubles = around != quotes;
        return _hasDoubles && HasStrayQuote();
    }

    private readonly bool HasStrayQuote()
    {
        for (var column = 0; column < CellCount; column++)
        {
            var cell = RawCell(column);
            if (IsQuoted(cell) ? !HasOnlyDoubles(cell[1..^1]) : cell.Contains(_quote))
            {
                return true;
            }
        }

        return false;
    }

    private readonly bool IsQuoted(ReadOnlySpan<byte> cell) => cell.Length >= 2 && cell[0] == _quote && cell[^1] == _quote;

    private readonly bool HasOnlyDoubles(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf(_quote) is >= 0 and var at)
        {
            if (at + 1 == text.Length || text[at + 1] != _quote)
            {
                return false;
            }

            text = text[(at + 2)..];
        }

        return true;
    }

    private readonly ReadOnlySpan<byte> WithoutDoubles(ReadOnlySpan<byte> text, int column)
    {
        var room = _buffers.ScratchFor(Length).AsSpan(_stops[column] + 1 - Offset);
        var length = 0;
        while (text.IndexOf(_quote) is >= 0 and var at)
        {
            text[..(at + 1)].CopyTo(room[length..]);
            length += at + 1;
            text = text[(at + 2)..];
        }

        text.CopyTo(room[length..]);
        return room[..(length + text.Length)];
    }

    private readonly bool HasLongCell()
    {
        for (var column = 0; column < Math.Min(CellCount, _buffers.Columns); column++)
        {
            if (RawCell(column).Length > _buffers.Limits.MaxCellBytes)
            {
                return true;
            }
        }

        return false;
    }
}
