using Armature.Hosting;

namespace Armature.Batching;

/// <summary>Takes the items of a batch from their sender, no faster than they are worked on. Used on the coordinator's scheduler only.</summary>
internal sealed class ItemIntake(BatchLife life, ItemLedger items, ItemQueue queue, BatchRecorder? recorder, BatchingOptions options, TimeProvider time)
{
    private long _lastHeard = time.GetTimestamp();

    /// <summary>Items were added to the queue, or all are here.</summary>
    public event Action? Added;

    /// <summary>The batch would be too large; why.</summary>
    public event Action<string>? Overflowed;

    /// <summary>True when an item came as the name of a blob.</summary>
    public bool UsesBlobs { get; private set; }

    /// <summary>True when more items are to come and their sender has given no sign for too long.</summary>
    public bool IsForsaken => !items.IsSealed && time.GetElapsedTime(_lastHeard) > options.SenderTimeout;

    /// <summary>
    /// Takes items that the batch does not have yet; those of a durable batch are recorded when it returns. An empty page only says
    /// that the sender lives.
    /// </summary>
    /// <exception cref="BatchConflictException">The batch has another number of items than the sender says.</exception>
    /// <exception cref="BatchLimitException">The batch would be too large; it has failed.</exception>
    public async Task<AppendReply> AppendAsync(PackedEntries page, int? count)
    {
        _lastHeard = time.GetTimestamp();
        items.ThrowIfOther(page, count);
        if (life.IsLeaving && !items.IsSealed)
        {
            // The silo that goes on with the batch takes them: what is not recorded must not be acknowledged.
            return await RefuseAsync();
        }

        if (!life.StartsWork || items.IsSealed)
        {
            // A page that comes again may still be on its way to the records.
            await RecordAsync(PackedEntries.Empty, count: null);
            return new(page.Count == 0 ? items.Received : page.Indices[0] + page.Count, IsFull: false)
            {
                State = life.State switch
                {
                    BatchState.Running when life.IsCancelling => BatchState.Cancelled,
                    BatchState.Completed => BatchState.Running,
                    var state => state,
                },
                Failure = life.Failure,
            };
        }

        if (page.Count > 0 && page.Indices[0] > items.Received)
        {
            return new(items.Received, IsFull: false);
        }

        if (queue.Bytes > 0 && queue.Bytes + page.Bytes.Length > options.MaxQueuedBytes)
        {
            return await RefuseAsync();
        }

        var added = Take(page, count);
        var received = items.Received;
        await RecordAsync(added, items.IsSealed ? count : null);
        queue.Add(added);
        Added?.Invoke();

        // Another caller's items may have come meanwhile, which are not recorded yet.
        return new(received, IsFull: false);
    }

    /// <summary>Waits until items were taken from the queue, at most for a time.</summary>
    public async Task WaitForRoomAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        var timeout = Task.Delay(most, time, cancellationToken);
        await Task.WhenAny(queue.WaitForRoomAsync(), timeout);
    }

    /// <summary>Counts what another coordinator has recorded.</summary>
    public void Restore(RecordedBatch recorded)
    {
        foreach (var page in recorded.Items)
        {
            Note(items.Take(page, count: null));
        }

        items.Take(PackedEntries.Empty, recorded.Count);
    }

    /// <summary>Takes nothing. What is said to be here is recorded when it is said: the sender forgets it then.</summary>
    private async Task<AppendReply> RefuseAsync()
    {
        var received = items.Received;
        await RecordAsync(PackedEntries.Empty, count: null);
        return new(received, IsFull: true);
    }

    private PackedEntries Take(PackedEntries page, int? count)
    {
        try
        {
            return Note(items.Take(page, count));
        }
        catch (BatchLimitException exception)
        {
            Overflowed?.Invoke(exception.Message);
            throw;
        }
    }

    private PackedEntries Note(PackedEntries added)
    {
        UsesBlobs |= added.Kinds.Contains(EntryKind.Blob);
        return added;
    }

    private Task RecordAsync(PackedEntries added, int? count) => recorder?.AddItemsAsync(added, count) ?? Task.CompletedTask;
}
