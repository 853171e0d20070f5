namespace Armature.Processes;

/// <summary>Reads frames from a stream, of small ones many at a time. One caller at a time.</summary>
/// <param name="stream">The stream, which stays the caller's. What follows a frame may have been read from it too.</param>
/// <param name="maxPayloadBytes">The largest payload that is accepted.</param>
public sealed class FrameReader(Stream stream, int maxPayloadBytes)
{
    private readonly byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    private int Buffered => _end - _start;

    /// <summary>The next frame, which the caller disposes, or null at the end of input between two frames.</summary>
    /// <exception cref="FrameException">What came is no frame. The stream is of no use afterwards.</exception>
    /// <exception cref="EndOfStreamException">The input ended inside a frame.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        if (Buffered < FrameHeader.Bytes)
        {
            MakeRoom();
            var read = await stream.ReadAtLeastAsync(_buffer.AsMemory(_end), FrameHeader.Bytes - Buffered, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            _end += read;
        }

        if (Begin(out var rest) is not { } frame)
        {
            return null;
        }

        try
        {
            return Finish(frame, rest, await stream.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    /// <summary>The same on the calling thread, which is faster for a child that has nothing else to do.</summary>
    /// <exception cref="FrameException">What came is no frame. The stream is of no use afterwards.</exception>
    /// <exception cref="EndOfStreamException">The input ended inside a frame.</exception>
    public Frame? Read()
    {
        if (Buffered < FrameHeader.Bytes)
        {
            MakeRoom();
            var read = stream.ReadAtLeast(_buffer.AsSpan(_end), FrameHeader.Bytes - Buffered, throwOnEndOfStream: false);
            _end += read;
        }

        if (Begin(out var rest) is not { } frame)
        {
            return null;
        }

        try
        {
            return Finish(frame, rest, stream.ReadAtLeast(rest.Span, rest.Length, throwOnEndOfStream: false));
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    // Fewer bytes than a header has are left in the buffer: they go to its beginning.
    private void MakeRoom()
    {
        _buffer.AsSpan(_start, Buffered).CopyTo(_buffer);
        (_start, _end) = (0, Buffered);
    }

    // The frame with what is there of its payload, and the space for the rest.
    private Frame? Begin(out Memory<byte> rest)
    {
        rest = default;
        if (Buffered == 0)
        {
            return null;
        }

        if (Buffered < FrameHeader.Bytes)
        {
            throw new EndOfStreamException($"The input ended after {Buffered} of a frame header's {FrameHeader.Bytes} bytes.");
        }

        var frame = new Frame(FrameHeader.Read(_buffer.AsSpan(_start), maxPayloadBytes));
        _start += FrameHeader.Bytes;
        var there = Math.Min(Buffered, frame.Buffer.Length);
        _buffer.AsSpan(_start, there).CopyTo(frame.Buffer.Span);
        _start += there;
        rest = frame.Buffer[there..];
        return frame;
    }

    private static Frame Finish(Frame frame, ReadOnlyMemory<byte> rest, int read) => read == rest.Length
        ? frame
        : throw new EndOfStreamException($"The input ended after {frame.Buffer.Length - rest.Length + read:N0} of a frame payload's {frame.Buffer.Length:N0} bytes.");
}
