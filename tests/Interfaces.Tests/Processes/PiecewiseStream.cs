namespace Armature.Processes;

/// <summary>Gives its bytes out three at a time, as a pipe may.</summary>
internal sealed class PiecewiseStream(byte[] bytes) : MemoryStream(bytes)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 3)]);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, 3)], cancellationToken);
}
