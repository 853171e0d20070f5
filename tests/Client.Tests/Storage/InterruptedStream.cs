namespace Armature.Storage;

/// <summary>Bytes during whose reading something happens, once.</summary>
internal sealed class InterruptedStream(byte[] bytes, int at, Func<Task> interrupt) : MemoryStream(bytes, writable: false)
{
    private bool _interrupted;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_interrupted && Position >= at)
        {
            _interrupted = true;
            await interrupt();
        }

        return await base.ReadAsync(buffer, cancellationToken);
    }
}
