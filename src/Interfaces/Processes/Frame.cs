using System.Buffers;

namespace Armature.Processes;

/// <summary>
/// One frame that was read. Its payload lies in a pooled buffer that belongs to the frame's owner: whoever was handed the
/// frame disposes it, once, and touches <see cref="Payload"/> no more afterwards.
/// </summary>
public sealed class Frame : IDisposable
{
    private readonly int _length;
    private byte[]? _buffer;

    internal Frame(FrameHeader header)
    {
        Kind = header.Kind;
        RequestId = header.RequestId;
        _length = header.PayloadBytes;
        _buffer = _length == 0 ? [] : ArrayPool<byte>.Shared.Rent(_length);
    }

    /// <summary>What the frame says.</summary>
    public FrameKind Kind { get; }

    /// <summary>The request it belongs to.</summary>
    public long RequestId { get; }

    /// <summary>The payload, until the frame is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The frame was disposed, and its buffer may serve someone else.</exception>
    public ReadOnlyMemory<byte> Payload => Buffer;

    internal Memory<byte> Buffer
    {
        get
        {
            var buffer = _buffer;
            ObjectDisposedException.ThrowIf(buffer is null, this);
            return buffer.AsMemory(0, _length);
        }
    }

    /// <summary>Returns the buffer.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { Length: > 0 } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
