using System.IO.Pipelines;

namespace Armature.Clustering.Transport;

/// <summary>
/// Gives whoever writes a message as much room at once as those before it needed. Orleans writes what does not fit into the first block
/// elsewhere, and copies it once it is whole.
/// </summary>
internal sealed class MessageWriter(PipeWriter writer) : PipeWriter
{
    private const int Least = 16 << 10;
    private const int Most = 4 << 20;

    private int _room = Least;
    private long _written;

    public override bool CanGetUnflushedBytes => writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => writer.UnflushedBytes;

    public override void Advance(int bytes)
    {
        _written += bytes;
        writer.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => writer.GetMemory(Math.Max(sizeHint, _room));

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        // A quarter more, as the next one is of another size; after smaller ones half as much each time.
        _room = (int)Math.Clamp(Math.Max(_written + (_written / 4), _room / 2), Least, Most);
        _written = 0;
        return writer.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => writer.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => writer.CompleteAsync(exception);
}
