using Orleans.Concurrency;

namespace Armature.Storage;

// Its calls wait for the store, so there are more of them than processors.
[StatelessWorker(64)]
internal sealed class BlobDoorGrain(IBlobStore store, ClientBlobPolicy policy) : Grain, IBlobDoorGrain
{
    public Task PutAsync(string name, BlobPiece whole, CancellationToken cancellationToken)
    {
        policy.CheckName(name);
        ClientBlobPolicy.CheckPiece(name, whole);
        return store.PutAsync(name, whole.Bytes, cancellationToken);
    }

    public Task<bool> TryCreateAsync(string name, BlobPiece whole, CancellationToken cancellationToken)
    {
        policy.CheckName(name);
        ClientBlobPolicy.CheckPiece(name, whole);
        return store.TryCreateAsync(name, whole.Bytes, cancellationToken);
    }

    public Task<BlobRange?> ReadAsync(string name, long offset, int count, CancellationToken cancellationToken)
    {
        policy.CheckName(name);
        return store.ReadRangeAsync(name, offset, Math.Min(count, BlobPiece.MaxBytes), cancellationToken);
    }

    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken)
    {
        policy.CheckName(name);
        return store.GetInfoAsync(name, cancellationToken);
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        policy.CheckName(name);
        return store.DeleteAsync(name, cancellationToken);
    }
}
