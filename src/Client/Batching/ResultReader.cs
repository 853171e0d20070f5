using System.Collections;
using System.Runtime.CompilerServices;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>Reads a batch's results as they are done. Used once.</summary>
internal sealed class ResultReader<TResult>(
    string batchId,
    IBatchGrain grain,
    EntryCodec<TResult> codec,
    Serializer<ItemError> errors,
    CallRetry retry)
{
    private readonly BitArray _seen = new(0);
    private CallRetry _retry = retry;
    private bool _wasFound;
    private string? _failure;

    /// <summary>The batch's state at the last page.</summary>
    public BatchState State { get; private set; }

    /// <summary>What an item has that was not done when its batch was cancelled.</summary>
    public static BatchItem<TResult> CancelledItem(int index) =>
        new(index, new ItemError(ItemErrorCodes.Cancelled, "The batch was cancelled before the item was done."));

    /// <summary>Says that the batch was there: when it is not found, it was lost.</summary>
    public void ExpectBatch() => _wasFound = true;

    /// <summary>The results, then the exception of a batch that failed as a whole.</summary>
    public async IAsyncEnumerable<BatchItem<TResult>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in ReadToEndAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }

        ThrowIfFailed();
    }

    /// <exception cref="BatchFailedException">The batch failed as a whole.</exception>
    public void ThrowIfFailed()
    {
        if (State == BatchState.Failed)
        {
            throw new BatchFailedException(batchId, _failure ?? "no reason was given.");
        }
    }

    /// <summary>The results; how the batch ended is in <see cref="State"/>.</summary>
    public async IAsyncEnumerable<BatchItem<TResult>> ReadToEndAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = 0;
        while (true)
        {
            var page = await ReadPageAsync(cursor, cancellationToken).ConfigureAwait(false);
            cursor = page.NextCursor;
            State = page.State;
            _failure = page.Failure;
            _seen.Length = Math.Max(_seen.Length, page.Total);
            foreach (var entries in page.Entries)
            {
                for (var i = 0; i < entries.Count; i++)
                {
                    yield return await ReadEntryAsync(entries, i, cancellationToken).ConfigureAwait(false);
                }
            }

            if (State != BatchState.Running)
            {
                break;
            }
        }

        if (State == BatchState.Cancelled)
        {
            foreach (var missing in Missing())
            {
                yield return missing;
            }
        }
    }

    private async Task<ResultPage> ReadPageAsync(int cursor, CancellationToken cancellationToken)
    {
        try
        {
            var page = await _retry.CallAsync(token => grain.ReadResultsAsync(cursor, token), cancellationToken).ConfigureAwait(false);
            _wasFound = true;
            _retry = page.IsDurable ? _retry.Patient : _retry;
            ThrowIfOther(page.ResultType);
            return page;
        }
        catch (BatchNotFoundException exception) when (_wasFound)
        {
            throw _retry.IsPatient ? BatchLostException.OfDurable(batchId, exception) : new BatchLostException(batchId, exception);
        }
    }

    private void ThrowIfOther(string resultType)
    {
        var asked = BatchTypeName.Of(typeof(TResult));
        if (resultType.Length > 0 && resultType != asked)
        {
            throw new BatchTypeException(batchId, resultType, asked);
        }
    }

    private async ValueTask<BatchItem<TResult>> ReadEntryAsync(PackedEntries entries, int i, CancellationToken cancellationToken)
    {
        var index = entries.Indices[i];
        _seen[index] = true;
        switch (entries.Kinds[i])
        {
            case EntryKind.Value:
                return new(index, codec.Read(entries[i]));
            case EntryKind.Error:
                return new(index, errors.Deserialize(entries[i])!);
            default:
                return await ReadBlobAsync(index, entries[i], cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<BatchItem<TResult>> ReadBlobAsync(int index, ReadOnlyMemory<byte> name, CancellationToken cancellationToken)
    {
        try
        {
            return new(index, await codec.ReadBlobAsync(name, cancellationToken).ConfigureAwait(false));
        }
        catch (BatchItemException failure)
        {
            return new(index, new ItemError(failure.Code, failure.Message, Attempts: 1));
        }
    }

    private IEnumerable<BatchItem<TResult>> Missing()
    {
        for (var i = 0; i < _seen.Length; i++)
        {
            if (!_seen[i])
            {
                yield return CancelledItem(i);
            }
        }
    }
}
