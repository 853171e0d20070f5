using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Armature.Validation.Records;

/// <summary>
/// Reads the records of a chunk of CSV, 64 bytes at a time: a bit for each byte that ends a cell, but for those within quotes. Of faults
/// of one record it tells the one that explains the others.
/// </summary>
internal ref struct CsvRecordReader : IRecordReader
{
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';

    // What a cell is made of, in the low bits of its end.
    private const int Quoted = 1;
    private const int Doubled = 2;
    private const int KindBits = 2;
    private const int Stray = -1;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly RecordBuffers _buffers;
    private readonly int[] _ends;
    private readonly byte _delimiter;
    private readonly byte _quote;
    private readonly int _harmlessLength;

    // The block in work: where it begins, and the bits of it that were not read yet.
    private int _block = -ByteBlock.Length;
    private ulong _stops;
    private ulong _quotes;
    private ulong _quotedLines;
    private ulong _unusual;

    // All bits when the next block begins within quotes, otherwise none.
    private ulong _within;

    public CsvRecordReader(ReadOnlySpan<byte> chunk, RecordBuffers buffers)
    {
        _bytes = chunk;
        _buffers = buffers;
        _ends = buffers.Ends;
        _delimiter = (byte)buffers.Format.Delimiter;
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

    /// <summary>How many cells the record has; of more than expected only the expected ones can be asked for.</summary>
    public int CellCount { get; private set; }

    /// <summary>Where the next record begins, or a blank line.</summary>
    public int Position { get; private set; }

    public bool Read()
    {
        while (Position < _bytes.Length)
        {
            ReadLine();
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
        var begin = column == 0 ? Offset : (_ends[column - 1] >> KindBits) + 1;
        var end = _ends[column] >> KindBits;
        return (_ends[column] & (Quoted | Doubled)) switch
        {
            0 => _bytes[begin..end],
            Quoted => _bytes[(begin + 1)..(end - 1)],
            _ => WithoutDoubles(_bytes[(begin + 1)..(end - 1)], begin - Offset),
        };
    }

    // Reads on to the next line end outside of quotes, with it.
    private void ReadLine()
    {
        var (stops, block) = (_stops, _block);
        var (begin, cell, cells) = (Position, Position, 0);
        var (quotes, isStray) = (0, false);
        var (lines, unusual) = (0, 0UL);
        while (true)
        {
            if (stops == 0)
            {
                quotes += BitOperations.PopCount(_quotes);
                lines += BitOperations.PopCount(_quotedLines);
                unusual |= _unusual;
                if (ReadBlock())
                {
                    (stops, block) = (_stops, _block);
                    continue;
                }
            }

            // Without a stop this is the chunk's end, which ends the cell and the record.
            var at = Math.Min(block + BitOperations.TrailingZeroCount(stops), _bytes.Length);
            var before = (stops - 1) & ~stops;
            stops &= stops - 1;

            var isRecordEnd = at == _bytes.Length || _bytes[at] != _delimiter;
            var end = isRecordEnd ? WithoutCr(cell, at) : at;
            var kind = 0;
            if (_quotes != 0 || quotes != 0)
            {
                quotes += BitOperations.PopCount(_quotes & before);
                _quotes &= ~before;
                kind = KindOf(_bytes[cell..end], quotes);
                isStray |= kind == Stray;
                quotes = 0;
            }

            if (cells < _ends.Length)
            {
                _ends[cells] = (end << KindBits) | kind;
            }

            cells++;
            cell = at + 1;
            if (!isRecordEnd)
            {
                continue;
            }

            lines += BitOperations.PopCount(_quotedLines & before);
            unusual |= _unusual & before;
            _quotedLines &= ~before;
            _unusual &= ~before;
            _stops = stops;

            (Offset, Length, CellCount) = (begin, end - begin, cells);
            (Line, LineCount) = (LineCount, LineCount + lines + (at < _bytes.Length ? 1 : 0));
            Position = Math.Min(at + 1, _bytes.Length);
            Fault = cells == _ends.Length && !isStray && unusual == 0 && Length <= _harmlessLength && at < _bytes.Length
                ? RecordFault.None
                : FindFault(isStray, unusual != 0, isUnclosed: at == _bytes.Length && _within != 0);
            return;
        }
    }

    private bool ReadBlock()
    {
        _block += ByteBlock.Length;
        var left = _bytes.Length - _block;
        if (left >= ByteBlock.Length)
        {
            ReadBlock(ref Unsafe.Add(ref MemoryMarshal.GetReference(_bytes), _block), left);
            return true;
        }

        if (left <= 0)
        {
            _quotes = _quotedLines = _unusual = 0;
            return false;
        }

        Span<byte> tail = stackalloc byte[ByteBlock.Length];
        tail.Clear();
        _bytes[_block..].CopyTo(tail);
        ReadBlock(ref MemoryMarshal.GetReference(tail), left);
        _unusual &= (1UL << left) - 1;
        return true;
    }

    private void ReadBlock(ref byte block, int left)
    {
        var lines = ByteBlock.Equal(ref block, Lf);
        if (ByteBlock.Equal(ref block, Cr) is not 0 and var returns)
        {
            var followed = lines >> 1;
            if (left > ByteBlock.Length && _bytes[_block + ByteBlock.Length] == Lf)
            {
                followed |= 1UL << 63;
            }

            lines |= returns & ~followed;
        }

        _stops = lines | ByteBlock.Equal(ref block, _delimiter);
        _quotes = ByteBlock.Equal(ref block, _quote);
        _unusual = ByteBlock.Unusual(ref block);
        _quotedLines = 0;
        if ((_quotes | _within) != 0)
        {
            var within = ByteBlock.OddUpTo(_quotes) ^ _within;
            _within = (ulong)((long)within >> 63);
            _stops &= ~within;
            _quotedLines = lines & within;
        }
    }

    private readonly int WithoutCr(int cell, int at) =>
        at < _bytes.Length && _bytes[at] == Lf && at > cell && _bytes[at - 1] == Cr ? at - 1 : at;

    private readonly int KindOf(ReadOnlySpan<byte> cell, int quotes)
    {
        if (quotes == 0)
        {
            return 0;
        }

        if (cell.Length < 2 || cell[0] != _quote || cell[^1] != _quote)
        {
            return Stray;
        }

        return quotes == 2 ? Quoted : HasOnlyDoubles(cell[1..^1]) ? Doubled : Stray;
    }

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

    private readonly ReadOnlySpan<byte> WithoutDoubles(ReadOnlySpan<byte> text, int place)
    {
        var room = _buffers.ScratchFor(Length).AsSpan(place);
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

    private readonly RecordFault FindFault(bool isStray, bool isUnusual, bool isUnclosed)
    {
        var record = _bytes.Slice(Offset, Length);
        return Length > _buffers.Limits.MaxRecordBytes ? RecordFault.RecordTooLong
            : isUnusual && record.Contains((byte)0) ? RecordFault.NulByte
            : isUnusual && !Utf8.IsValid(record) ? RecordFault.InvalidUtf8
            : isUnclosed ? RecordFault.UnclosedQuote
            : isStray ? RecordFault.StrayQuote
            : HasLongCell() ? RecordFault.CellTooLong
            : CellCount != _ends.Length ? RecordFault.CellCount
            : RecordFault.None;
    }

    private readonly bool HasLongCell()
    {
        var begin = Offset;
        foreach (var end in _ends.AsSpan(0, Math.Min(CellCount, _ends.Length)))
        {
            if ((end >> KindBits) - begin > _buffers.Limits.MaxCellBytes)
            {
                return true;
            }

            begin = (end >> KindBits) + 1;
        }

        return false;
    }
}
