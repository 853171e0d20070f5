using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Armature.Validation.Records;

/// <summary>
/// Finds what ends cells and records in a chunk of CSV: 64 bytes at a time, some thousand bytes ahead of the reader. What it writes down
/// grows with the longest record (4 bytes for each of its cells), not with the chunk.
/// </summary>
internal sealed class CsvIndex(RecordFormat format)
{
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';
    private const int WindowBytes = 8 * 1024;

    // Stops are written six at a time, whether there are as many or not: of a block at most 11 times.
    private const int MostWritten = 66;

    private readonly byte _delimiter = (byte)format.Delimiter;
    private readonly byte _quote = (byte)format.Quote;
    private readonly CsvRecordEnd[] _ends = new CsvRecordEnd[WindowBytes + 1];
    private int[] _stops = new int[WindowBytes + MostWritten];

    private int _at;
    private int _begin;
    private int _stopCount;
    private int _endCount;
    private CsvRecordEnd _counted;

    // All bits when the next byte is within quotes, otherwise none.
    private ulong _within;

    /// <summary>Delimiters and line ends outside of quotes, in their order, those of one record after those of the other. The first is the one before the first record.</summary>
    public ReadOnlySpan<int> Stops => _stops.AsSpan(0, _stopCount);

    /// <summary>The ends of records among them.</summary>
    public ReadOnlySpan<CsvRecordEnd> Ends => _ends.AsSpan(0, _endCount);

    /// <summary>Begins a chunk.</summary>
    public void Restart()
    {
        _at = _begin = _endCount = 0;
        _stops[0] = -1;
        _stopCount = 1;
        _within = 0;
        _counted = default;
    }

    /// <summary>Looks on until there are ends of records again; false at the chunk's end.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="read">The place of the last stop that the reader has read; those before it are forgotten.</param>
    public bool LookOn(ReadOnlySpan<byte> chunk, int read)
    {
        _stops.AsSpan(read, _stopCount - read).CopyTo(_stops);
        _stopCount -= read;
        _endCount = 0;
        while (_endCount == 0 && _at < chunk.Length)
        {
            LookAtWindow(chunk);
        }

        if (_at >= chunk.Length && _begin < chunk.Length)
        {
            _stops[_stopCount] = _begin = chunk.Length;
            _ends[_endCount++] = _counted with { Stop = _stopCount++ };
        }

        return _endCount > 0;
    }

    private void LookAtWindow(ReadOnlySpan<byte> chunk)
    {
        if (_stops.Length < _stopCount + WindowBytes + MostWritten)
        {
            Array.Resize(ref _stops, 2 * _stops.Length);
        }

        var end = Math.Min(_at + WindowBytes, chunk.Length);
        var at = _at;
        for (; at + ByteBlock.Length <= end; at += ByteBlock.Length)
        {
            LookAtBlock(ref Unsafe.Add(ref MemoryMarshal.GetReference(chunk), at), at, chunk, ulong.MaxValue);
        }

        if (at < end)
        {
            Span<byte> tail = stackalloc byte[ByteBlock.Length];
            tail.Clear();
            chunk[at..].CopyTo(tail);
            LookAtBlock(ref MemoryMarshal.GetReference(tail), at, chunk, (1UL << (end - at)) - 1);
        }

        _at = end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LookAtBlock(ref byte block, int at, ReadOnlySpan<byte> chunk, ulong valid)
    {
        var lines = ByteBlock.Equal(ref block, Lf);
        var returns = ByteBlock.Equal(ref block, Cr);
        if (returns != 0)
        {
            lines |= returns & ~Followed(lines, at, chunk);
        }

        var stops = lines | ByteBlock.Equal(ref block, _delimiter);
        var quotes = ByteBlock.Equal(ref block, _quote);
        var unusual = ByteBlock.Unusual(ref block) & valid;
        var quotedLines = 0UL;
        if ((quotes | _within) != 0)
        {
            var within = ByteBlock.OddUpTo(quotes) ^ _within;
            _within = (ulong)((long)within >> 63);
            quotedLines = lines & within;
            stops &= ~within;
            lines &= ~within;
        }

        while (lines != 0)
        {
            var before = (lines - 1) & ~lines;
            _begin = at + BitOperations.TrailingZeroCount(lines) + 1;
            _ends[_endCount++] = new(
                _stopCount + BitOperations.PopCount(stops & before),
                _counted.Quotes + BitOperations.PopCount(quotes & before),
                _counted.QuotedLines + BitOperations.PopCount(quotedLines & before),
                _counted.Unusual + BitOperations.PopCount(unusual & before));
            lines &= lines - 1;
        }

        if ((quotes | quotedLines | unusual) != 0)
        {
            _counted = new(
                0, _counted.Quotes + BitOperations.PopCount(quotes), _counted.QuotedLines + BitOperations.PopCount(quotedLines),
                _counted.Unusual + BitOperations.PopCount(unusual));
        }

        Write(stops, at);
    }

    // Which bytes have a LF behind them, which may be in the next block: a CR there is a part of that line end.
    private static ulong Followed(ulong lines, int at, ReadOnlySpan<byte> chunk)
    {
        var next = at + ByteBlock.Length;
        return (lines >> 1) | (next < chunk.Length && chunk[next] == Lf ? 1UL << 63 : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(ulong stops, int at)
    {
        ref var place = ref MemoryMarshal.GetReference(_stops.AsSpan(_stopCount, MostWritten));
        _stopCount += BitOperations.PopCount(stops);
        do
        {
            Unsafe.Add(ref place, 0) = at + TakeLowest(ref stops);
            Unsafe.Add(ref place, 1) = at + TakeLowest(ref stops);
            Unsafe.Add(ref place, 2) = at + TakeLowest(ref stops);
            Unsafe.Add(ref place, 3) = at + TakeLowest(ref stops);
            Unsafe.Add(ref place, 4) = at + TakeLowest(ref stops);
            Unsafe.Add(ref place, 5) = at + TakeLowest(ref stops);
            place = ref Unsafe.Add(ref place, 6);
        }
        while (stops != 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakeLowest(ref ulong bits)
    {
        var lowest = BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
        return lowest;
    }
}
