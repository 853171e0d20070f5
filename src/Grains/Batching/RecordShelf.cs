using Armature.Storage;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>Pages of results in the record store, where every one of a durable batch is before it can be read.</summary>
internal sealed class RecordShelf(string batchId, IRecordStore records, Serializer serializer) : IPageShelf
{
    public Task PutAsync(int page, PackedEntries entries) => Task.CompletedTask;

    public async Task<PackedEntries> GetAsync(int page, CancellationToken cancellationToken)
    {
        var key = BatchKeys.Page(BatchKeys.Results, page);
        var found = await records.ReadManyAsync(BatchKeys.Partition(batchId), [key], cancellationToken);
        return found[0] is { } bytes
            ? serializer.Deserialize<PackedEntries>(bytes)!
            : throw new BatchFailedException(batchId, $"its results in {key} are gone from the record store.");
    }
}
