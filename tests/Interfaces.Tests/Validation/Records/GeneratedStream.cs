namespace Armature.Validation.Records;

/// <summary>Some bytes over and over, then an end: a file of any length that is nowhere. Knows the largest buffer that it was asked to fill.</summary>
internal sealed class GeneratedStream(byte[] pattern, long length, byte[] end) : ReadOnlyStream
{
    private readonly byte[] _block = [.. Enumerable.Repeat(pattern, 65_536 / pattern.Length).SelectMany(bytes => bytes)];
    private long _given;

    public int LargestBuffer { get; private set; }

    public bool IsDisposed { get; private set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        LargestBuffer = Math.Max(LargestBuffer, buffer.Length);
        var next = _given < length
            ? _block.AsMemory((int)(_given % _block.Length))[..(int)Math.Min(_block.Length - (_given % _block.Length), length - _given)]
            : end.AsMemory((int)(_given - length));
        var count = Math.Min(next.Length, buffer.Length);
        next[..count].CopyTo(buffer);
        _given += count;
        return ValueTask.FromResult(count);
    }

    public override async ValueTask DisposeAsync()
    {
        IsDisposed = true;
        await base.DisposeAsync();
    }
}
