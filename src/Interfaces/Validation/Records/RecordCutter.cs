namespace Armature.Validation.Records;

/// <summary>
/// Finds where records end, by quotes alone: each one toggles whether line ends count, wherever it stands, so that the answer does not
/// depend on how the file comes in pieces. NDJSON has no quotes in this sense; its lines end with LF.
/// </summary>
internal sealed class RecordCutter(RecordFormat format)
{
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';

    private readonly bool _isCsv = format.Kind == RecordKind.Csv;
    private readonly byte _quote = (byte)format.Quote;

    // Whether the byte after the last one seen is within quotes.
    private bool _isQuoted;

    /// <summary>Forgets what it saw: the next byte begins a record.</summary>
    public void Restart() => _isQuoted = false;

    /// <summary>The number of bytes up to the last record end, with it; 0 when there is none.</summary>
    /// <param name="bytes">Begin where a record does.</param>
    /// <param name="seen">How many of them the call before saw; there was no record end among them.</param>
    public int LastEnd(ReadOnlySpan<byte> bytes, int seen) =>
        _isCsv ? LastEndOfCsv(bytes, seen) : bytes.LastIndexOf(Lf) + 1;

    /// <summary>Passes over the record that began before: the number of bytes up to its end, with it, or of all that are surely within it.</summary>
    /// <param name="bytes">Those that come next. A CR that they end with is left: what follows says whether it is a line end.</param>
    /// <param name="isLast">Whether nothing follows.</param>
    /// <param name="lines">Is raised by the line ends passed over.</param>
    /// <param name="isEnd">Whether the record ended.</param>
    public int Skip(ReadOnlySpan<byte> bytes, bool isLast, ref long lines, out bool isEnd)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            var found = _isCsv ? bytes[at..].IndexOfAny(_quote, Lf, Cr) : bytes[at..].IndexOf(Lf);
            if (found < 0)
            {
                break;
            }

            at += found;
            if (_isCsv && bytes[at] == _quote)
            {
                _isQuoted = !_isQuoted;
                continue;
            }

            if (bytes[at] == Cr)
            {
                if (at + 1 == bytes.Length && !isLast)
                {
                    isEnd = false;
                    return at;
                }

                if (at + 1 < bytes.Length && bytes[at + 1] == Lf)
                {
                    at++;
                }
            }

            lines++;
            if (!_isQuoted)
            {
                isEnd = true;
                return at + 1;
            }
        }

        isEnd = false;
        return bytes.Length;
    }

    private int LastEndOfCsv(ReadOnlySpan<byte> bytes, int seen)
    {
        _isQuoted ^= (bytes[seen..].Count(_quote) & 1) != 0;

        // Backwards from the end, where the end of a record is near. A CR at the very end is none yet: LF may follow. One that was the
        // last byte seen is looked at again.
        var isQuoted = _isQuoted;
        var first = Math.Max(seen - 1, 0);
        for (var at = bytes.Length; ;)
        {
            at = bytes[..at].LastIndexOfAny(_quote, Lf, Cr);
            if (at < first)
            {
                return 0;
            }

            if (bytes[at] == _quote)
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && (bytes[at] == Lf || at + 1 < bytes.Length))
            {
                return at + 1;
            }
        }
    }
}
