using System.IO.Compression;

namespace Armature.Validation.Records;

/// <summary>
/// Decompresses gzip, one member after the other, and notices when the file ends too early. <see cref="GZipStream"/> does not: it takes
/// a file cut anywhere for a whole one. So a last member is put after the file's end, and what it holds must come out, and nothing else:
/// after a cut the decompressor is still within a member of the file and takes those bytes for more of that.
/// </summary>
internal sealed class GunzipStream : ReadOnlyStream
{
    private const long FreeBytes = 64 * 1024 * 1024;

    private static readonly byte[] Mark = "end of the file: c1f4a6e29d0b4e57"u8.ToArray();
    private static readonly byte[] LastMember = Compress(Mark);

    private readonly PeekStream _file;
    private readonly long _maxRatio;
    private readonly MarkedStream _marked;
    private readonly GZipStream _gzip;
    private long _written;
    private bool _isEnded;

    public GunzipStream(PeekStream file, RecordLimits limits)
    {
        _file = file;
        _maxRatio = limits.MaxCompressionRatio;
        _marked = new(file);
        _gzip = new(_marked, CompressionMode.Decompress);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || _isEnded)
        {
            return 0;
        }

        var count = await InflateAsync(buffer, cancellationToken).ConfigureAwait(false);

        // The decompressor asks for more input only after it has given out all that it had.
        if (_marked.IsPastEnd || count == 0)
        {
            await CheckEndAsync(buffer[..count], cancellationToken).ConfigureAwait(false);
            _isEnded = true;
            return 0;
        }

        _written += count;
        return _written <= Math.Max(FreeBytes, _file.BytesRead * _maxRatio)
            ? count
            : throw new RecordFileException(
                RecordFileCodes.CompressionRatio, _file.BytesRead,
                $"The gzip file becomes more than {_maxRatio:N0} times as long: its first {_file.BytesRead:N0} bytes are {_written:N0} already. " +
                "Tables of text become 3 to 30 times as long; if you know this file, allow more by MaxCompressionRatio, or decompress it first.");
    }

    public override async ValueTask DisposeAsync()
    {
        await _gzip.DisposeAsync().ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask CheckEndAsync(Memory<byte> mark, CancellationToken cancellationToken)
    {
        if (!_marked.IsPastEnd)
        {
            throw Damaged("something follows the compressed data that is not gzip");
        }

        var found = mark.ToArray().ToList();
        var more = new byte[Mark.Length];
        while (found.Count <= Mark.Length && await InflateAsync(more, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            found.AddRange(more.AsSpan(0, count));
        }

        if (!found.SequenceEqual(Mark))
        {
            throw Truncated();
        }
    }

    private async ValueTask<int> InflateAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _gzip.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            throw _marked.IsPastEnd ? Truncated() : Damaged("what it holds does not decompress, or is not what was compressed (CRC)");
        }
    }

    private RecordFileException Truncated() => new(
        RecordFileCodes.GzipTruncated, _file.BytesRead,
        $"The gzip file ends too early, after {_file.BytesRead:N0} bytes: the end of the compressed data is missing. Copy the file again.");

    private RecordFileException Damaged(string how) => new(
        RecordFileCodes.GzipDamaged, _file.BytesRead,
        $"The gzip file is damaged near byte {_file.BytesRead:N0}: {how}. Copy the file again, and check it with 'gzip -t'.");

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }

    private sealed class MarkedStream(Stream file) : ReadOnlyStream
    {
        private int _given;

        public bool IsPastEnd { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!IsPastEnd && await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                return count;
            }

            IsPastEnd = true;
            var taken = Math.Min(buffer.Length, LastMember.Length - _given);
            LastMember.AsMemory(_given, taken).CopyTo(buffer);
            _given += taken;
            return taken;
        }
    }
}
