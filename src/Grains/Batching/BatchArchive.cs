using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>The durable batches in the record store: whether there is one, its takeover, its end.</summary>
internal sealed partial class BatchArchive(
    IRecordStore store,
    IBlobStore blobs,
    Serializer serializer,
    IOptions<ArmatureOptions> options,
    TimeProvider time,
    ILogger<BatchArchive> logger)
{
    /// <summary>The ids of all durable batches that are recorded.</summary>
    public IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken) =>
        store.ListPartitionsAsync(BatchKeys.Partitions, cancellationToken).Select(BatchKeys.BatchId);

    /// <summary>Whether a batch is recorded; one cheap read.</summary>
    public async Task<bool> ContainsAsync(string batchId, CancellationToken cancellationToken) =>
        (await store.ReadManyAsync(BatchKeys.Partition(batchId), [BatchKeys.Start], cancellationToken))[0] is not null;

    /// <summary>When an ended batch's results are no longer kept; null for one that runs.</summary>
    public async Task<DateTimeOffset?> ReadExpiryAsync(string batchId, CancellationToken cancellationToken)
    {
        var found = await store.ReadManyAsync(BatchKeys.Partition(batchId), [BatchKeys.End], cancellationToken);
        return found[0] is { } end ? ExpiryOf(serializer.Deserialize<BatchEnd>(end)!) : null;
    }

    public DateTimeOffset ExpiryOf(BatchEnd end) => end.At + options.Value.Batching.DurableRetention;

    /// <summary>Begins a durable batch: when it returns, the batch is recorded.</summary>
    public async Task<BatchRun> BeginAsync(string batchId, BatchSpec spec, BatchSurroundings around)
    {
        var commits = await OpenAsync(batchId);
        var start = new BatchStart(spec, time.GetUtcNow());
        await commits.AddAsync([RecordChange.Put(BatchKeys.Start, serializer.SerializeToArray(start))], CancellationToken.None);
        return new(batchId, new RecordedBatch(start), store, commits, around);
    }

    /// <summary>Takes over a batch from whoever coordinated it before; null when it was never begun.</summary>
    public async Task<BatchRun?> ResumeAsync(string batchId, BatchSurroundings around, CancellationToken cancellationToken)
    {
        var commits = await OpenAsync(batchId);
        var recorded = await RecordedBatch.ReadAsync(store, batchId, serializer, options.Value.Batching.MaxResultBytes, cancellationToken);
        return recorded is null ? null : new(batchId, recorded, store, commits, around);
    }

    /// <summary>Deletes a batch's records, then its blobs.</summary>
    public async Task DeleteAsync(string batchId, CancellationToken cancellationToken)
    {
        var joined = await ReadSubmissionsAsync(batchId, cancellationToken);
        await DeleteRecordsAsync(batchId, cancellationToken);
        await DeleteBlobsAsync(batchId, "", joined, cancellationToken);
    }

    /// <summary>Deletes what is stored of a batch that nobody needs any more. What fails is left for a later round.</summary>
    public Task PruneAsync(BatchRun batch) => PruneAsync(batch, [""]);

    /// <summary>The same before another batch of its id begins, whose callers may have stored something already.</summary>
    public Task MakeRoomAsync(BatchRun batch) => PruneAsync(batch, ["items/", "results/", "pages/"]);

    private async Task PruneAsync(BatchRun batch, string[] folders)
    {
        try
        {
            if (batch.IsDurable)
            {
                await DeleteRecordsAsync(batch.Id, CancellationToken.None);
            }

            foreach (var folder in batch.IsDurable || batch.UsesBlobs ? folders : [])
            {
                await DeleteBlobsAsync(batch.Id, folder, batch.Submissions.Known, CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is IOException or ArmatureException)
        {
            LogPruneFailed(logger, exception, batch.Id);
        }
    }

    private async Task<IReadOnlySet<Guid>> ReadSubmissionsAsync(string batchId, CancellationToken cancellationToken)
    {
        var partition = BatchKeys.Partition(batchId);
        var joined = await store.ScanAsync(partition, BatchKeys.Submissions, cancellationToken)
            .Select(record => BatchKeys.SubmissionOf(record.Key)).ToHashSetAsync(cancellationToken: cancellationToken);
        if ((await store.ReadManyAsync(partition, [BatchKeys.Start], cancellationToken))[0] is { } start)
        {
            joined.Add(serializer.Deserialize<BatchStart>(start)!.Spec.Submission);
        }

        return joined;
    }

    private async Task DeleteRecordsAsync(string batchId, CancellationToken cancellationToken)
    {
        var partition = BatchKeys.Partition(batchId);
        await store.DeletePartitionAsync(partition, await store.OpenAsync(partition, cancellationToken), cancellationToken);
    }

    /// <summary>Items of callers who have not joined are not the batch's: they are on their way to another one of its id.</summary>
    private async Task DeleteBlobsAsync(string batchId, string folder, IReadOnlySet<Guid> joined, CancellationToken cancellationToken)
    {
        await foreach (var blob in blobs.ListAsync($"batches/{batchId}/{folder}", cancellationToken))
        {
            if (ItemBlobName.SubmissionOf(blob.Name) is not { } submission || joined.Contains(submission))
            {
                await blobs.DeleteAsync(blob.Name, cancellationToken);
            }
        }
    }

    private async Task<GroupCommit> OpenAsync(string batchId)
    {
        var partition = BatchKeys.Partition(batchId);
        var epoch = await store.OpenAsync(partition, CancellationToken.None);
        return new(store, partition, epoch, options.Value.Storage, time);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is stored of batch {BatchId} could not all be deleted; it is tried again later")]
    private static partial void LogPruneFailed(ILogger logger, Exception exception, string batchId);
}
