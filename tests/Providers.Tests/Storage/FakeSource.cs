namespace Armature.Storage;

/// <summary>A stream of known bytes, made as they are read, that cannot seek and may stop or fail in the middle.</summary>
internal sealed class FakeSource(long length) : Stream
{
    public const string Failure = "The source broke.";

    private readonly TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;

    /// <summary>Whether it waits in the middle until it is cancelled.</summary>
    public bool Pausing { get; init; }

    /// <summary>Whether it throws in the middle.</summary>
    public bool Failing { get; init; }

    /// <summary>Done when it waits in the middle.</summary>
    public Task Paused => _paused.Task;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        Fill(bytes, 0);
        return bytes;
    }

    /// <summary>Fills a buffer with the bytes of the source from a place on.</summary>
    public static void Fill(Span<byte> buffer, long position)
    {
        for (var i = 0; i < buffer.Length; i++)
        {
            buffer[i] = (byte)((position + i) % 251);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = (int)Math.Min(Math.Min(buffer.Length, 64 << 10), length - _position);
        Fill(buffer[..read], _position);
        _position += read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= length / 2 && Failing)
        {
            throw new IOException(Failure);
        }

        if (_position >= length / 2 && Pausing)
        {
            _paused.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return Read(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
