using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>A stream that stays open when this one is disposed of.</summary>
internal sealed class UnownedStream(Stream inner) : ReadOnlyStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);
}
