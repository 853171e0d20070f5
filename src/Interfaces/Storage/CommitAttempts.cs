using Armature.Hosting;

namespace Armature.Storage;

/// <summary>One commit, repeated until it is done, refused, or out of time.</summary>
internal sealed class CommitAttempts(IRecordStore store, string partition, long epoch, StorageOptions options, TimeProvider timeProvider)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    private volatile RecordStoreException? _trouble;

    /// <summary>How the last attempt failed, while the commit is repeated; null otherwise.</summary>
    public RecordStoreException? Trouble => _trouble;

    public async Task CommitAsync(IReadOnlyList<RecordChange> changes)
    {
        var started = timeProvider.GetTimestamp();
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                await AttemptAsync(changes).ConfigureAwait(false);
                _trouble = null;
                return;
            }
            catch (RecordStoreException error) when (timeProvider.GetElapsedTime(started) + delay < options.RecordRetryTime)
            {
                _trouble = error;
                await Task.Delay(delay, timeProvider, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task AttemptAsync(IReadOnlyList<RecordChange> changes)
    {
        using var limit = new CancellationTokenSource(options.RecordCallTimeout, timeProvider);
        try
        {
            await store.CommitAsync(partition, epoch, changes, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException timeout) when (limit.IsCancellationRequested)
        {
            throw new RecordStoreException(
                store.Location, $"a commit to partition {partition} had no answer within {options.RecordCallTimeout}. Look whether the store is well.", timeout);
        }
    }
}
