using Armature.Hosting;

namespace Armature.Storage;

/// <summary>
/// How an owner writes to its partition: changes that arrive while a commit is under way go into the next one, in their order.
/// Thread-safe.
/// </summary>
/// <remarks>
/// One commit is under way at a time, so none is ever applied before an earlier one. A commit that fails with a
/// <see cref="RecordStoreException"/>, or takes longer than <see cref="StorageOptions.RecordCallTimeout"/>, is repeated for
/// <see cref="StorageOptions.RecordRetryTime"/>. When that does not help, or another owner has come, nothing more is committed:
/// all that waits and all that comes fails alike. What the last commit left is then unknown; who still owns the partition opens it
/// again, reads it, and makes a new <see cref="GroupCommit"/>.
/// </remarks>
public sealed class GroupCommit
{
    private readonly IRecordStore _store;
    private readonly StorageOptions _options;
    private readonly CommitAttempts _attempts;
    private readonly WorkGroups<IReadOnlyList<RecordChange>> _groups;
    private volatile Exception? _failure;

    /// <summary>Writes for the owner of an epoch.</summary>
    public GroupCommit(IRecordStore store, string partition, long epoch, StorageOptions options, TimeProvider timeProvider)
    {
        _store = store;
        _options = options;
        Partition = partition;
        Epoch = epoch;
        _attempts = new(store, partition, epoch, options, timeProvider);
        _groups = new(CommitAsync, RecordLimits.MaxCommitChanges, RecordLimits.MaxCommitBytes);
    }

    /// <summary>The partition.</summary>
    public string Partition { get; }

    /// <summary>The owner's epoch.</summary>
    public long Epoch { get; }

    /// <summary>Why nothing more is committed; null while all is well.</summary>
    public Exception? Failure => _failure;

    /// <summary>Why the commit that is under way had to be repeated; null when it had not, or none is.</summary>
    public Exception? Trouble => _attempts.Trouble;

    /// <summary>
    /// Adds changes, applied all or none; when it returns they are kept as <see cref="IRecordStore.CommitAsync"/> promises. Order is
    /// that of the calls. The list and its bytes must not change until then.
    /// </summary>
    /// <param name="changes">At most what fits into one commit (<see cref="RecordLimits"/>).</param>
    /// <param name="cancellationToken">Ends the wait only: the changes are committed all the same.</param>
    /// <exception cref="FencedException">Another owner has opened the partition.</exception>
    /// <exception cref="RecordLimitException">A limit was exceeded. Nothing was changed.</exception>
    /// <exception cref="RecordStoreException">The store did not take the changes in time, or too many bytes wait already.</exception>
    public Task AddAsync(IReadOnlyList<RecordChange> changes, CancellationToken cancellationToken)
    {
        var bytes = RecordCommit.Measure(Partition, changes);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfFailed();
        if (_groups.PendingBytes + bytes > _options.MaxPendingRecordBytes)
        {
            throw new RecordStoreException(
                _store.Location,
                $"{_groups.PendingBytes:N0} bytes of changes wait for partition {Partition} already; "
                + $"{StorageOptions.MaxPendingRecordBytesName} allows {_options.MaxPendingRecordBytes:N0}. Nothing was changed. Wait for commits before adding more.");
        }

        return _groups.AddAsync(changes, changes.Count, bytes).WaitAsync(cancellationToken);
    }

    private async Task CommitAsync(WorkGroup<IReadOnlyList<RecordChange>> group)
    {
        // Those whose commit has just ended come back first, so that one large group follows and not two that alternate.
        var changes = await Task.Factory.StartNew(
            () => TakeAll(group), CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default).ConfigureAwait(false);
        ThrowIfFailed();
        try
        {
            await _attempts.CommitAsync(changes).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _failure = error;
            throw;
        }
    }

    private static IReadOnlyList<RecordChange> TakeAll(WorkGroup<IReadOnlyList<RecordChange>> group)
    {
        _ = group.TryTake(out var first);
        if (!group.TryTake(out var next))
        {
            return first!;
        }

        List<RecordChange> all = [.. first!];
        do
        {
            all.AddRange(next);
        }
        while (group.TryTake(out next));

        return all;
    }

    private void ThrowIfFailed()
    {
        switch (_failure)
        {
            case null:
                return;
            case FencedException:
                throw new FencedException(Partition, Epoch);
            default:
                throw new RecordStoreException(
                    _store.Location, $"an earlier commit to partition {Partition} failed, and nothing may overtake it. Open the partition again.", _failure);
        }
    }
}
