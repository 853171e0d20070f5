using System.Collections.Immutable;

namespace Armature.Batching;

/// <summary>
/// One activation is one batch: it takes the items, spreads them over all silos, and keeps the results. The key is the batch id.
/// Calls that wait do so for two seconds at most and then answer with nothing new, so that a caller notices a dead silo in seconds.
/// Every method may be repeated.
/// </summary>
[Alias("armature.batching.batch")]
public interface IBatchGrain : IGrainWithStringKey
{
    /// <summary>Starts the batch, or joins it when it is there, with its first items.</summary>
    /// <param name="spec">What the batch is.</param>
    /// <param name="items">Items from index 0 on, in order.</param>
    /// <param name="count">How many items there are in all, or null when more follow.</param>
    /// <param name="cancellationToken">Ends the wait, not the batch.</param>
    /// <exception cref="BatchLimitException">A limit was exceeded; nothing was started.</exception>
    /// <exception cref="BatchHandlerException">No silo has such a handler, or its types differ.</exception>
    /// <exception cref="BatchConflictException">There is a batch with this id, and it is other work.</exception>
    /// <exception cref="OperationCanceledException">The submission was abandoned before it arrived.</exception>
    [Alias("submit"), ResponseTimeout("00:00:05")]
    Task<AppendReply> SubmitAsync(BatchSpec spec, PackedEntries items, int? count, CancellationToken cancellationToken);

    /// <summary>
    /// Adds items. Those it has already are passed over; none at all only says that the sender lives. A batch that was cancelled or has
    /// failed takes none and says so in the reply.
    /// </summary>
    /// <exception cref="BatchNotFoundException">There is no such batch, or it was lost with its silo.</exception>
    /// <exception cref="BatchLimitException">A limit was exceeded; the batch has failed.</exception>
    [Alias("append"), ResponseTimeout("00:00:05")]
    Task<AppendReply> AppendAsync(PackedEntries items, int? count, CancellationToken cancellationToken);

    /// <summary>Results from a cursor on, as they were done; waits when there are none.</summary>
    /// <param name="cursor">0, or the <see cref="ResultPage.NextCursor"/> of the page before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cursor is negative.</exception>
    /// <exception cref="BatchNotFoundException">There is no such batch, or it was lost with its silo.</exception>
    [Alias("read-results"), ResponseTimeout("00:00:05")]
    Task<ResultPage> ReadResultsAsync(int cursor, CancellationToken cancellationToken);

    /// <summary>Events from a sequence number on; waits when there are none. Older events than the last 256 are left out.</summary>
    /// <exception cref="BatchNotFoundException">There is no such batch, or it was lost with its silo.</exception>
    [Alias("read-events"), ResponseTimeout("00:00:05")]
    Task<ImmutableArray<BatchEvent>> ReadEventsAsync(long fromSequence, CancellationToken cancellationToken);

    /// <summary>The batch now.</summary>
    /// <exception cref="BatchNotFoundException">There is no such batch, or it was lost with its silo.</exception>
    [Alias("get-status"), ResponseTimeout("00:00:05")]
    Task<BatchStatus> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>Cancels what is not done. Returns when nothing new starts; running items are told.</summary>
    /// <exception cref="BatchNotFoundException">There is no such batch, or it was lost with its silo.</exception>
    [Alias("cancel"), ResponseTimeout("00:00:05")]
    Task CancelAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Says that the caller who submits is gone: the batch is cancelled, unless other submissions have joined it and are still there.
    /// When it has not begun, a submit of this submission that is still on its way begins nothing. Other submissions of the same id
    /// are not affected, and one that the batch does not know changes nothing.
    /// </summary>
    /// <param name="submission">The <see cref="BatchSpec.Submission"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("abandon"), ResponseTimeout("00:00:05")]
    Task AbandonAsync(Guid submission, CancellationToken cancellationToken);

    /// <summary>
    /// Says that a caller has read the results of an ended batch: they are dropped before their retention time when no other
    /// submission is left that may still read them.
    /// </summary>
    /// <param name="submission">The <see cref="BatchSpec.Submission"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("release"), ResponseTimeout("00:00:05")]
    Task ReleaseAsync(Guid submission, CancellationToken cancellationToken);

    /// <summary>Goes on with a durable batch that nobody coordinates, and deletes one whose results are no longer kept.</summary>
    /// <exception cref="BatchHandoverException">It cannot go on just now; call again.</exception>
    [Alias("wake"), ResponseTimeout("00:00:30")]
    Task WakeAsync(CancellationToken cancellationToken);
}
