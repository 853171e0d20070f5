using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>A stream that keeps what is read of it in a file. Neither is disposed of.</summary>
internal sealed class KeepingStream(Stream inner, Stream kept) : ReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        await kept.WriteAsync(buffer[..count], cancellationToken);
        return count;
    }
}
