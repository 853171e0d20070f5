using System.Buffers;

namespace Armature.Validation.Records;

/// <summary>
/// A file of records, read once from its beginning to its end and cut into chunks of whole records. It holds one buffer of the size of a
/// chunk, or of the longest record allowed if that is more. For one reader at a time.
/// </summary>
internal sealed class RecordSource : IAsyncDisposable
{
    private readonly PeekStream _file;
    private readonly Stream _text;
    private readonly RecordLimits _limits;
    private readonly RecordCutter _cutter;
    private readonly int _chunkBytes;

    // The bytes that were read and are in no chunk yet; they begin where a record does, at _offset of the file.
    private byte[] _buffer;
    private int _capacity;
    private int _filled;
    private int _seen;
    private long _offset;
    private bool _isEnded;

    private int _chunks;
    private RecordChunk? _afterHeader;

    private RecordSource(PeekStream file, Stream text, int mark, RecordFormat format, RecordLimits limits, int chunkBytes)
    {
        _file = file;
        _text = text;
        _limits = limits;
        _cutter = new(format);
        _chunkBytes = chunkBytes;
        _offset = mark;
        _capacity = chunkBytes;
        _buffer = ArrayPool<byte>.Shared.Rent(_capacity);
    }

    /// <summary>The names of the columns as the file's header has them; null for one without a header.</summary>
    public string[]? Header { get; private set; }

    /// <summary>Line ends of the header, those of blank lines before it among them: what is counted before the first line of the first chunk.</summary>
    public long HeaderLines { get; private set; }

    /// <summary>Bytes read of the stream itself: compressed ones, if it is.</summary>
    public long BytesRead => _file.BytesRead;

    /// <summary>Looks at the file's first bytes and reads its header.</summary>
    /// <param name="stream">The file; the source owns it from now on, also if this fails.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="limits">What is read at most.</param>
    /// <param name="chunkBytes">Bytes of a chunk; one with a longer record is as long as that.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">The format or a limit is not allowed.</exception>
    /// <exception cref="RecordFileException">The file cannot be read.</exception>
    public static async Task<RecordSource> OpenAsync(
        Stream stream, RecordFormat format, RecordLimits limits, int chunkBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunkBytes);
        var file = new PeekStream(stream);
        var text = file;
        try
        {
            format.Checked();
            limits.Checked();
            var begin = await file.PeekAsync(TextSniff.Length, cancellationToken).ConfigureAwait(false);
            if (begin.Span is [0x1F, 0x8B, ..])
            {
                text = new PeekStream(new GunzipStream(file, limits));
                begin = await text.PeekAsync(TextSniff.Length, cancellationToken).ConfigureAwait(false);
            }

            var mark = TextSniff.Check(begin.Span);
            await text.ReadExactlyAsync(new byte[mark], cancellationToken).ConfigureAwait(false);
            var source = new RecordSource(file, text, mark, format, limits, chunkBytes);
            if (format is { Kind: RecordKind.Csv, HasHeader: true })
            {
                await source.ReadHeaderAsync(format, cancellationToken).ConfigureAwait(false);
            }

            return source;
        }
        catch
        {
            await text.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The next chunk, which the caller disposes of; null at the file's end.</summary>
    /// <exception cref="RecordFileException">The file cannot be read on.</exception>
    public async ValueTask<RecordChunk?> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_afterHeader is { } chunk)
        {
            _afterHeader = null;
            return chunk;
        }

        while (true)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
            if (_isEnded)
            {
                return _filled > 0 ? Take(_filled) : null;
            }

            var end = _cutter.LastEnd(_buffer.AsSpan(0, _filled), _seen);
            _seen = _filled;
            if (end > 0)
            {
                return Take(end);
            }

            if (_filled >= MostBuffered)
            {
                return await SkipRecordAsync(cancellationToken).ConfigureAwait(false);
            }

            Grow();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _afterHeader?.Dispose();
        _afterHeader = null;
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _filled = 0;
            _isEnded = true;
        }

        await _text.DisposeAsync().ConfigureAwait(false);
    }

    // The longest record allowed with its line end: where so many bytes have no end of a record in them, the record is too long.
    private int MostBuffered => _limits.MaxRecordBytes + 2;

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        while (!_isEnded && _filled < _capacity)
        {
            var count = await _text.ReadAsync(_buffer.AsMemory(_filled, _capacity - _filled), cancellationToken).ConfigureAwait(false);
            _isEnded = count == 0;
            _filled += count;
            if (_offset + _filled > (_limits.MaxFileBytes ?? long.MaxValue))
            {
                throw new RecordFileException(
                    RecordFileCodes.TooLarge, _limits.MaxFileBytes!.Value,
                    $"The file is longer than {_limits.MaxFileBytes:N0} bytes, the most that MaxFileBytes allows (counted decompressed). Split the file, or allow more.");
            }
        }
    }

    private RecordChunk Take(int count)
    {
        var chunk = new RecordChunk(_chunks++, _offset, _buffer, count);
        var rest = _buffer.AsSpan(count, _filled - count);
        _capacity = Math.Max(_chunkBytes, rest.Length);
        _buffer = ArrayPool<byte>.Shared.Rent(_capacity);
        rest.CopyTo(_buffer);
        _filled = _seen = rest.Length;
        _offset += count;
        return chunk;
    }

    private void Grow()
    {
        _capacity = (int)Math.Min(_capacity * 2L, MostBuffered);
        var grown = ArrayPool<byte>.Shared.Rent(_capacity);
        _buffer.AsSpan(0, _filled).CopyTo(grown);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = grown;
    }

    private async ValueTask<RecordChunk> SkipRecordAsync(CancellationToken cancellationToken)
    {
        var begin = _offset;
        var lines = 0L;
        var isEnd = false;
        _cutter.Restart();
        while (!isEnd && !(_isEnded && _filled == 0))
        {
            var count = _cutter.Skip(_buffer.AsSpan(0, _filled), _isEnded, ref lines, out isEnd);
            _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
            _filled -= count;
            _offset += count;
            if (!isEnd)
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        _cutter.Restart();
        _seen = 0;
        return new RecordChunk(_chunks++, begin) { IsOversized = true, OversizedLines = lines };
    }

    private async Task ReadHeaderAsync(RecordFormat format, CancellationToken cancellationToken)
    {
        var header = new CsvHeader(format, _limits);
        while (await ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
        {
            var isFound = header.Take(chunk);
            if (chunk.Bytes.Length > 0)
            {
                _afterHeader = chunk;
            }
            else
            {
                chunk.Dispose();
                _chunks = 0;
            }

            if (isFound)
            {
                Header = header.Names;
                HeaderLines = header.Lines;
                return;
            }
        }

        throw new RecordFileException(RecordFileCodes.Empty, _offset, "The file has only blank lines; the first record must have the names of the columns.");
    }
}
