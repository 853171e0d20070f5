namespace Armature.Storage;

/// <summary>Repeats every call until it does not fail, as an owner may.</summary>
internal sealed class RepeatingRecordStore(IRecordStore inner) : IRecordStore
{
    public string Location => inner.Location;

    public Task<long> OpenAsync(string partition, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.OpenAsync(partition, cancellationToken));

    public Task CommitAsync(string partition, long epoch, IReadOnlyList<RecordChange> changes, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.CommitAsync(partition, epoch, changes, cancellationToken));

    public Task<IReadOnlyList<ReadOnlyMemory<byte>?>> ReadManyAsync(string partition, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.ReadManyAsync(partition, keys, cancellationToken));

    public IAsyncEnumerable<RecordEntry> ScanAsync(string partition, string prefix, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.ScanAsync(partition, prefix, cancellationToken));

    public IAsyncEnumerable<string> ListPartitionsAsync(string prefix, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.ListPartitionsAsync(prefix, cancellationToken));

    public Task DeletePartitionAsync(string partition, long epoch, CancellationToken cancellationToken) =>
        RepeatAsync(() => inner.DeletePartitionAsync(partition, epoch, cancellationToken));

    private static async Task<T> RepeatAsync<T>(Func<Task<T>> callAsync)
    {
        while (true)
        {
            try
            {
                return await callAsync();
            }
            catch (RecordStoreException)
            {
                continue;
            }
        }
    }

    private static Task<bool> RepeatAsync(Func<Task> callAsync) => RepeatAsync(async () =>
    {
        await callAsync();
        return true;
    });

    private static async IAsyncEnumerable<T> RepeatAsync<T>(Func<IAsyncEnumerable<T>> enumerate)
    {
        foreach (var item in await RepeatAsync(() => enumerate().ToListAsync().AsTask()))
        {
            yield return item;
        }
    }
}
