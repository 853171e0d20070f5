namespace Armature.Storage;

/// <summary>Passes everything to the store that the running test has chosen, so that one cluster serves many tests.</summary>
internal sealed class CurrentBlobStore : IBlobStore
{
    public IBlobStore Current { get; set; } = new InMemoryBlobStore();

    public string Location => Current.Location;

    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Current.PutAsync(name, content, cancellationToken);

    public Task PutAsync(string name, Stream content, CancellationToken cancellationToken) =>
        Current.PutAsync(name, content, cancellationToken);

    public Task<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Current.TryCreateAsync(name, content, cancellationToken);

    public Task<byte[]?> GetAsync(string name, long maxBytes, CancellationToken cancellationToken) =>
        Current.GetAsync(name, maxBytes, cancellationToken);

    public Task<BlobRange?> ReadRangeAsync(string name, long offset, int count, CancellationToken cancellationToken) =>
        Current.ReadRangeAsync(name, offset, count, cancellationToken);

    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) => Current.OpenReadAsync(name, cancellationToken);

    public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) => Current.GetInfoAsync(name, cancellationToken);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => Current.DeleteAsync(name, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => Current.ListAsync(prefix, cancellationToken);
}
