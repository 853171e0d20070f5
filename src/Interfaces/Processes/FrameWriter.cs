namespace Armature.Processes;

/// <summary>Writes frames to a stream. One caller at a time; a write that was broken off leaves the stream of no use.</summary>
/// <param name="stream">The stream, which stays the caller's.</param>
/// <param name="maxPayloadBytes">The largest payload that may be sent.</param>
public sealed class FrameWriter(Stream stream, int maxPayloadBytes)
{
    // Header and small parts leave in one write; a large part is written from where it lies and never copied.
    private readonly byte[] _head = new byte[4096];

    /// <summary>Writes one frame whose payload is <paramref name="parts"/>, one after the other.</summary>
    /// <exception cref="FrameException">The payload is over the limit. Nothing was written.</exception>
    public async ValueTask WriteAsync(
        FrameKind kind,
        long requestId,
        IReadOnlyList<ReadOnlyMemory<byte>> parts,
        CancellationToken cancellationToken)
    {
        var (headBytes, next) = FillHead(kind, requestId, parts);
        await stream.WriteAsync(_head.AsMemory(0, headBytes), cancellationToken).ConfigureAwait(false);
        for (; next < parts.Count; next++)
        {
            await stream.WriteAsync(parts[next], cancellationToken).ConfigureAwait(false);
        }

        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same on the calling thread.</summary>
    /// <exception cref="FrameException">The payload is over the limit. Nothing was written.</exception>
    public void Write(FrameKind kind, long requestId, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var (headBytes, next) = FillHead(kind, requestId, parts);
        stream.Write(_head.AsSpan(0, headBytes));
        for (; next < parts.Count; next++)
        {
            stream.Write(parts[next].Span);
        }

        stream.Flush();
    }

    private (int HeadBytes, int Next) FillHead(FrameKind kind, long requestId, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var payload = parts.Sum(static part => (long)part.Length);
        if (payload > maxPayloadBytes)
        {
            throw new FrameException(
                $"a payload has at most {maxPayloadBytes:N0} bytes, but this one has {payload:N0}; raise the frame limit or send less");
        }

        new FrameHeader(kind, (int)payload, requestId).Write(_head);
        var used = FrameHeader.Bytes;
        var next = 0;
        for (; next < parts.Count && parts[next].Length <= _head.Length - used; next++)
        {
            parts[next].Span.CopyTo(_head.AsSpan(used));
            used += parts[next].Length;
        }

        return (used, next);
    }
}
