namespace Armature.Validation.Records;

/// <summary>Lets the first bytes of a stream be looked at before they are read, and counts what was read.</summary>
internal sealed class PeekStream(Stream inner) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _peeked;

    /// <summary>Bytes read from the stream beneath.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The next bytes, which are read again later; fewer only at the stream's end. Called once at most.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        var filled = await inner.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        BytesRead += filled;
        return _peeked = bytes.AsMemory(0, filled);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_peeked.Length > 0)
        {
            var taken = Math.Min(_peeked.Length, buffer.Length);
            _peeked[..taken].CopyTo(buffer);
            _peeked = _peeked[taken..];
            return taken;
        }

        var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        BytesRead += count;
        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
