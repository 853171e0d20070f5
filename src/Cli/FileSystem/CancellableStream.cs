using Armature.Validation.Records;

namespace Armature.FileSystem;

/// <summary>A stream whose reads end when they are cancelled, also where those beneath wait for whoever writes, as those of the console do.</summary>
internal sealed class CancellableStream(Stream inner) : ReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await inner.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(cancellationToken);
}
