namespace Armature.Storage;

/// <summary>Sends blobs to the silos' store: one piece through the door, more through an upload of their own.</summary>
internal sealed class BlobUploader(IGrainFactory grains, CallRetry retry)
{
    private const int MaxAttempts = 3;

    public async Task PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var start = content.CanSeek ? content.Position : 0;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await PutOnceAsync(name, content, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (BlobUploadLostException) when (content.CanSeek && attempt < MaxAttempts)
            {
                content.Position = start;
            }
        }
    }

    private async Task PutOnceAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var piece = await ReadPieceAsync(content, 0, cancellationToken).ConfigureAwait(false);
        if (piece.Bytes.Length < BlobPiece.MaxBytes)
        {
            var door = grains.GetGrain<IBlobDoorGrain>(0);
            await retry.CallAsync(token => door.PutAsync(name, piece, token), cancellationToken).ConfigureAwait(false);
            return;
        }

        var upload = grains.GetGrain<IBlobUploadGrain>(Guid.NewGuid());
        try
        {
            await SendAsync(upload, name, piece, content, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Without it the pieces would wait for two minutes for more of them.
            await CallRetry.TryAsync(upload.AbortAsync).ConfigureAwait(false);
            throw;
        }
    }

    private async Task SendAsync(IBlobUploadGrain upload, string name, BlobPiece piece, Stream content, CancellationToken cancellationToken)
    {
        while (piece.Bytes.Length > 0)
        {
            await SendPieceAsync(upload, name, piece, cancellationToken).ConfigureAwait(false);
            piece = await ReadPieceAsync(content, piece.Offset + piece.Bytes.Length, cancellationToken).ConfigureAwait(false);
        }

        while (!await retry.CallAsync(token => upload.CompleteAsync(name, piece.Offset, token), cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task SendPieceAsync(IBlobUploadGrain upload, string name, BlobPiece piece, CancellationToken cancellationToken)
    {
        var end = piece.Offset + piece.Bytes.Length;
        while (await retry.CallAsync(token => upload.AppendAsync(name, piece, token), cancellationToken).ConfigureAwait(false) < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // A new array for every piece: a call that timed out may still hold the last one.
    private static async Task<BlobPiece> ReadPieceAsync(Stream content, long offset, CancellationToken cancellationToken)
    {
        var bytes = new byte[content.CanSeek ? Math.Clamp(content.Length - content.Position, 0, BlobPiece.MaxBytes) : BlobPiece.MaxBytes];
        var read = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return new(offset, read == bytes.Length ? bytes : bytes[..read]);
    }
}
