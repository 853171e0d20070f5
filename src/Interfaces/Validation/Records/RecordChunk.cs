using System.Buffers;

namespace Armature.Validation.Records;

/// <summary>Some of a file's records, in the order of the file; all of them whole. Disposed, it gives its buffer back: once, by whoever read it last.</summary>
internal sealed class RecordChunk(int index, long offset) : IDisposable
{
    private byte[]? _buffer;

    /// <summary>Creates a chunk that owns a rented buffer.</summary>
    public RecordChunk(int index, long offset, byte[] buffer, int length)
        : this(index, offset)
    {
        _buffer = buffer;
        Bytes = buffer.AsMemory(0, length);
    }

    /// <summary>The chunk's place among those of the file, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>Where it begins in the decompressed file, byte order mark and header counted.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>The records with their line ends. Empty for an oversized record.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Whether this is one record that is longer than <see cref="RecordLimits.MaxRecordBytes"/>; its bytes were passed over.</summary>
    public bool IsOversized { get; init; }

    /// <summary>Line ends of the oversized record, its own among them.</summary>
    public long OversizedLines { get; init; }

    /// <summary>Takes bytes off the beginning: the header.</summary>
    public void Skip(int count)
    {
        Offset += count;
        Bytes = Bytes[count..];
    }

    public void Dispose()
    {
        Bytes = default;
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
