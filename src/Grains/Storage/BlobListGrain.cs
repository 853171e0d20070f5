namespace Armature.Storage;

internal sealed class BlobListGrain(IBlobStore store, ClientBlobPolicy policy) : Grain, IBlobListGrain
{
    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        policy.CheckPrefix(prefix);
        return store.ListAsync(prefix, cancellationToken);
    }
}
