using System.Text.Json;
using System.Text.Unicode;

namespace Armature.Validation.Records;

/// <summary>
/// Reads the records of a chunk of NDJSON: the members of each object as cells, by the names of the columns. The cell of a string is its
/// text, of null or a member that is not there an empty one, of anything else its JSON.
/// </summary>
internal ref struct NdjsonRecordReader : IRecordReader
{
    // What a cell is made of, in the low bits of its end.
    private const int Escaped = 1;
    private const int KindBits = 1;

    // A column without a member.
    private const int Absent = -1;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly RecordBuffers _buffers;
    private int _position;

    public NdjsonRecordReader(ReadOnlySpan<byte> chunk, RecordBuffers buffers)
    {
        _bytes = chunk;
        _buffers = buffers;
        Record = -1;
    }

    public RecordFault Fault { get; private set; }

    public int Record { get; private set; }

    public int Line { get; private set; }

    public int Offset { get; private set; }

    public int Length { get; private set; }

    public int LineCount { get; private set; }

    public bool Read()
    {
        while (_position < _bytes.Length)
        {
            var rest = _bytes[_position..];
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            (Offset, Length, Line) = (_position, line.Length, LineCount);
            _position += end < 0 ? line.Length : end + 1;
            LineCount += end < 0 ? 0 : 1;
            if (line is [.., (byte)'\r'])
            {
                Length--;
            }

            // A line of white space is blank, but not one that is too long: it may have been passed over unread.
            if (Length > _buffers.Limits.MaxRecordBytes || line.ContainsAnyExcept(" \t\r"u8))
            {
                Record++;
                Fault = ReadRecord(line[..Length]);
                return true;
            }
        }

        return false;
    }

    public readonly ReadOnlySpan<byte> Cell(int column)
    {
        var begin = _buffers.Starts[column];
        if (begin == Absent)
        {
            return [];
        }

        var end = _buffers.Ends[column] >> KindBits;
        var cell = _bytes.Slice(Offset, Length)[begin..end];
        return cell switch
        {
            [(byte)'"', ..] when (_buffers.Ends[column] & Escaped) != 0 => Unescape(cell, begin),
            [(byte)'"', ..] => cell[1..^1],
            [(byte)'n', ..] => [],
            _ => cell,
        };
    }

    private readonly RecordFault ReadRecord(ReadOnlySpan<byte> record) =>
        record.Length > _buffers.Limits.MaxRecordBytes ? RecordFault.RecordTooLong
        : record.Contains((byte)0) ? RecordFault.NulByte
        : !Utf8.IsValid(record) ? RecordFault.InvalidUtf8
        : ReadObject(record);

    private readonly RecordFault ReadObject(ReadOnlySpan<byte> record)
    {
        _buffers.Starts.AsSpan().Fill(Absent);
        var scan = new JsonScan(record);
        scan.SkipSpace();
        if (!scan.Take('{'))
        {
            return RecordFault.InvalidJson;
        }

        scan.SkipSpace();
        var fault = RecordFault.None;
        if (!scan.Take('}') && !ReadMembers(record, ref scan, ref fault))
        {
            return RecordFault.InvalidJson;
        }

        scan.SkipSpace();
        return scan.IsAtEnd ? fault : RecordFault.InvalidJson;
    }

    private readonly bool ReadMembers(ReadOnlySpan<byte> record, ref JsonScan scan, ref RecordFault fault)
    {
        var column = Absent;
        do
        {
            scan.SkipSpace();
            var name = scan.At;
            if (!scan.TakeString(out var isNameEscaped))
            {
                return false;
            }

            var text = isNameEscaped ? Unescape(record[name..scan.At], name) : record[(name + 1)..(scan.At - 1)];
            column = _buffers.Members.Find(text, expected: column + 1);
            scan.SkipSpace();
            if (!scan.Take(':'))
            {
                return false;
            }

            scan.SkipSpace();
            if (!ReadCell(column, ref scan, ref fault))
            {
                return false;
            }

            scan.SkipSpace();
        }
        while (scan.Take(','));

        return scan.Take('}');
    }

    private readonly bool ReadCell(int column, ref JsonScan scan, ref RecordFault fault)
    {
        var begin = scan.At;
        var isEscaped = false;
        if (scan.Next == '"' ? !scan.TakeString(out isEscaped) : !scan.TakeValue(depth: 1))
        {
            return false;
        }

        if (column == Absent)
        {
            fault = fault == RecordFault.None && !_buffers.Format.AllowsUnknownMembers ? RecordFault.CellCount : fault;
            return true;
        }

        if (_buffers.Starts[column] != Absent)
        {
            return false;
        }

        _buffers.Starts[column] = begin;
        _buffers.Ends[column] = (scan.At << KindBits) | (isEscaped ? Escaped : 0);
        fault = scan.At - begin > _buffers.Limits.MaxCellBytes ? RecordFault.CellTooLong : fault;
        return true;
    }

    private readonly ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> quoted, int place)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        var room = _buffers.ScratchFor(Length).AsSpan(place);
        return room[..reader.CopyString(room)];
    }
}
