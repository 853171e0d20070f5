using System.IO.Pipelines;

namespace Armature.Storage;

/// <summary>One blob that is written while its pieces come. Not thread-safe: its owner calls one method at a time.</summary>
internal sealed class BlobUpload : IAsyncDisposable
{
    // What has been taken and not yet written. A faster sender waits.
    private const int MaxWaitingBytes = 2 * BlobPiece.MaxBytes;

    private readonly Pipe _pipe = new(new(pauseWriterThreshold: MaxWaitingBytes, resumeWriterThreshold: BlobPiece.MaxBytes, useSynchronizationContext: false));
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Task _put;

    public BlobUpload(IBlobStore store, string name)
    {
        Name = name;
        _put = PutAsync(store, name);
    }

    public string Name { get; }

    /// <summary>Bytes taken so far.</summary>
    public long Received { get; private set; }

    /// <summary>Takes the next bytes; waits while the store is behind.</summary>
    public async Task AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        // Bytes are in the pipe as soon as they are written, so a wait that could be cancelled would leave them there uncounted.
        var written = await _pipe.Writer.WriteAsync(bytes, CancellationToken.None);
        Received += bytes.Length;
        if (written.IsCompleted)
        {
            // The store has given up, and says why.
            await _put;
        }
    }

    /// <summary>Says that all bytes were taken. The returned task ends when they are written.</summary>
    public async Task<Task> FinishAsync()
    {
        await _pipe.Writer.CompleteAsync();
        return _put;
    }

    /// <summary>Gives up what is not written yet.</summary>
    public async ValueTask DisposeAsync()
    {
        await _cancellation.CancelAsync();

        // Completed without an error, a half would look like a whole.
        await _pipe.Writer.CompleteAsync(new OperationCanceledException());
        await _put.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _cancellation.Dispose();
    }

    private async Task PutAsync(IBlobStore store, string name)
    {
        await using var content = _pipe.Reader.AsStream(leaveOpen: true);
        try
        {
            await store.PutAsync(name, content, _cancellation.Token);
        }
        finally
        {
            await _pipe.Reader.CompleteAsync();
        }
    }
}
