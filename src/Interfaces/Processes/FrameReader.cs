namespace Armature.Processes;

/// <summary>Reads frames from a stream. One caller at a time.</summary>
/// <param name="stream">The stream, which stays the caller's.</param>
/// <param name="maxPayloadBytes">The largest payload that is accepted.</param>
public sealed class FrameReader(Stream stream, int maxPayloadBytes)
{
    private readonly byte[] _header = new byte[FrameHeader.Bytes];

    /// <summary>The next frame, which the caller disposes, or null at the end of input between two frames.</summary>
    /// <exception cref="FrameException">What came is no frame. The stream is of no use afterwards.</exception>
    /// <exception cref="EndOfStreamException">The input ended inside a frame.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await stream.ReadAtLeastAsync(_header, FrameHeader.Bytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (Begin(read) is not { } frame)
        {
            return null;
        }

        try
        {
            read = await stream.ReadAtLeastAsync(frame.Buffer, frame.Buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Finish(frame, read);
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
        if (Begin(stream.ReadAtLeast(_header, FrameHeader.Bytes, throwOnEndOfStream: false)) is not { } frame)
        {
            return null;
        }

        try
        {
            return Finish(frame, stream.ReadAtLeast(frame.Buffer.Span, frame.Buffer.Length, throwOnEndOfStream: false));
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    private Frame? Begin(int read) => read switch
    {
        0 => null,
        FrameHeader.Bytes => new Frame(FrameHeader.Read(_header, maxPayloadBytes)),
        _ => throw new EndOfStreamException($"The input ended after {read} of a frame header's {FrameHeader.Bytes} bytes."),
    };

    private static Frame Finish(Frame frame, int read) => read == frame.Buffer.Length
        ? frame
        : throw new EndOfStreamException($"The input ended after {read:N0} of a frame payload's {frame.Buffer.Length:N0} bytes.");
}
