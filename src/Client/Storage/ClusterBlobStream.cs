namespace Armature.Storage;

/// <summary>A blob read piece by piece, the next one when the last is used up.</summary>
internal sealed class ClusterBlobStream(BlobRange first, Func<long, CancellationToken, Task<BlobRange>> readAsync) : Stream
{
    private byte[] _piece = first.Bytes;
    private long _pieceOffset;
    private int _used;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => first.Info.Length;

    public override long Position
    {
        get => _pieceOffset + _used;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_used == _piece.Length && Position < Length && buffer.Length > 0)
        {
            var next = await readAsync(Position, cancellationToken).ConfigureAwait(false);
            (_pieceOffset, _piece, _used) = (Position, next.Bytes, 0);
        }

        var count = Math.Min(buffer.Length, _piece.Length - _used);
        _piece.AsMemory(_used, count).CopyTo(buffer);
        _used += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A blob of the cluster is read with ReadAsync: every piece is a call.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
