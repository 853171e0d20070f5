using Armature.Hosting;

namespace Armature.Storage;

[CollectionAgeLimit(Minutes = 2)]
internal sealed class BlobUploadGrain(IBlobStore store, ClientBlobPolicy policy, UploadSlots slots, TimeProvider time)
    : Grain, IBlobUploadGrain, IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BusyWait = TimeSpan.FromMilliseconds(200);

    private BlobUpload? _upload;
    private long? _writtenLength;

    public async Task<long> AppendAsync(string name, BlobPiece piece, CancellationToken cancellationToken)
    {
        policy.CheckName(name);
        ClientBlobPolicy.CheckPiece(name, piece);
        if (_upload is null && piece.Offset != 0)
        {
            throw new BlobUploadLostException(name);
        }

        if (_upload is null && !TryStart(name))
        {
            await Task.Delay(BusyWait, time, cancellationToken);
            return 0;
        }

        var upload = _upload!;
        if (upload.Received == piece.Offset)
        {
            await TakeAsync(upload, piece);
        }

        return upload.Received;
    }

    public async Task<bool> CompleteAsync(string name, long length, CancellationToken cancellationToken)
    {
        if (_upload is null && _writtenLength == length)
        {
            return true;
        }

        if (_upload is null || _upload.Received != length)
        {
            throw new BlobUploadLostException(name);
        }

        var put = await _upload.FinishAsync();
        try
        {
            await put.WaitAsync(LongestWait, time, cancellationToken);
        }
        catch (TimeoutException) when (!put.IsCompleted)
        {
            return false;
        }

        _writtenLength = length;
        await EndAsync();
        return true;
    }

    public async Task AbortAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        DeactivateOnIdle();
    }

    public ValueTask DisposeAsync() => new(EndAsync());

    private bool TryStart(string name)
    {
        if (!slots.TryTake())
        {
            return false;
        }

        _upload = new(store, name);
        return true;
    }

    private async Task TakeAsync(BlobUpload upload, BlobPiece piece)
    {
        try
        {
            var length = piece.Offset + piece.Bytes.Length;
            if (length > policy.MaxBlobBytes)
            {
                throw new BlobTooLargeException(upload.Name, length, policy.MaxBlobBytes, StorageOptions.MaxClientBlobBytesName);
            }

            await upload.AppendAsync(piece.Bytes);
        }
        catch
        {
            await EndAsync();
            throw;
        }
    }

    private async Task EndAsync()
    {
        if (_upload is not { } upload)
        {
            return;
        }

        _upload = null;
        slots.Release();
        await upload.DisposeAsync();
    }
}
