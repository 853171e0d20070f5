using System.Runtime.CompilerServices;

namespace Armature.Batching;

/// <summary>A batch by its id: results, progress, cancellation. Thread-safe; may be made again from the id at any time.</summary>
/// <typeparam name="TResult">The handler's result.</typeparam>
public sealed class BatchHandle<TResult>
{
    private readonly IBatchGrain _grain;
    private readonly CallRetry _retry;
    private readonly Func<ResultReader<TResult>> _createReader;

    internal BatchHandle(string id, IBatchGrain grain, CallRetry retry, Func<ResultReader<TResult>> createReader)
    {
        Id = id;
        _grain = grain;
        _retry = retry;
        _createReader = createReader;
    }

    /// <summary>The batch's id.</summary>
    public string Id { get; }

    /// <summary>The results as they are done, from the first on; ends with the batch.</summary>
    /// <exception cref="BatchNotFoundException">There is no such batch, or its results are no longer kept.</exception>
    /// <exception cref="BatchLostException">The silo that coordinated the batch died.</exception>
    /// <exception cref="BatchFailedException">The batch could not go on as a whole.</exception>
    /// <exception cref="BatchTypeException">The results are not <typeparamref name="TResult"/>.</exception>
    /// <exception cref="CallUnansweredException">The cluster did not answer.</exception>
    public IAsyncEnumerable<BatchItem<TResult>> ResultsAsync(CancellationToken cancellationToken = default) =>
        _createReader().ReadAsync(cancellationToken);

    /// <summary>Waits for the batch and gives the results in the order of the items. The token ends the wait, not the batch.</summary>
    /// <inheritdoc cref="ResultsAsync" path="/exception"/>
    public async Task<BatchResult<TResult>> GetResultAsync(CancellationToken cancellationToken = default)
    {
        var reader = _createReader();
        var items = new List<BatchItem<TResult>>();
        await foreach (var item in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            items.Add(item);
        }

        items.Sort(static (left, right) => left.Index.CompareTo(right.Index));
        return new(Id, reader.State, [.. items]);
    }

    /// <summary>
    /// Events from a sequence number on, as they happen; ends with the batch. Only the last 256 are kept, and of a durable batch only
    /// those of the silo that coordinates it now.
    /// </summary>
    /// <exception cref="BatchNotFoundException">There is no such batch, or it is no longer kept.</exception>
    public async IAsyncEnumerable<BatchEvent> WatchAsync(long fromSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var next = fromSequence;
        var retry = _retry;
        var hasEnded = false;
        while (true)
        {
            var from = next;
            var events = await retry.CallAsync(token => _grain.ReadEventsAsync(from, token), cancellationToken).ConfigureAwait(false);
            if (events.IsEmpty)
            {
                if (hasEnded)
                {
                    yield break;
                }

                // Events are looked for once more: the last one may have come in between.
                hasEnded = (await retry.CallAsync(_grain.GetStatusAsync, cancellationToken).ConfigureAwait(false)).State != BatchState.Running;
                continue;
            }

            foreach (var batchEvent in events)
            {
                yield return batchEvent;
                next = batchEvent.Sequence + 1;
                retry = batchEvent.Status.IsDurable ? retry.Patient : retry;
                if (batchEvent.IsLast)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>The batch now.</summary>
    /// <exception cref="BatchNotFoundException">There is no such batch, or it is no longer kept.</exception>
    public Task<BatchStatus> GetStatusAsync(CancellationToken cancellationToken = default) =>
        _retry.CallAsync(_grain.GetStatusAsync, cancellationToken);

    /// <summary>Cancels what is not done. Returns when nothing new starts; what runs is told to stop. An ended batch is left as it is.</summary>
    /// <exception cref="BatchNotFoundException">There is no such batch, or it is no longer kept.</exception>
    public Task CancelAsync(CancellationToken cancellationToken = default) =>
        _retry.CallAsync(_grain.CancelAsync, cancellationToken);
}
