namespace Armature.Batching;

/// <summary>Sends a batch's items to its coordinator in pages, no faster than it takes them. For one batch, used once.</summary>
internal sealed class ItemSender<TItem>(string batchId, BatchSpec spec, IBatchGrain grain, EntryCodec<TItem> codec, CallRetry retry, TimeProvider time)
{
    /// <summary>How long a caller who gives up waits until its batch knows; then it is told in the background.</summary>
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(2);

    private readonly EntryWriter _page = new();
    private readonly List<string> _untakenBlobs = [];
    private readonly TaskCompletionSource<AppendReply> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;
    private bool _isSubmitted;
    private bool _mayRun;

    public string BatchId => batchId;

    private bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Ends when the coordinator has the first page, or fails as the sending did.</summary>
    public Task Started => _started.Task;

    /// <summary>Sends all items, or as many as a batch takes that is cancelled meanwhile.</summary>
    /// <exception cref="BatchFailedException">The batch has failed meanwhile.</exception>
    public async Task SendAsync(IAsyncEnumerable<TItem> items, CancellationToken cancellationToken)
    {
        try
        {
            await SendItemsAsync(items, cancellationToken).ConfigureAwait(false);
            await ThrowIfFailedAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            _started.TrySetCanceled(exception.CancellationToken);
            throw;
        }
        catch (Exception exception)
        {
            _started.TrySetException(exception);
            _ = _started.Task.Exception;
            await DropUntakenAsync(exception).ConfigureAwait(false);
            await AbandonAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Says that the results were read. Best effort: without it they are kept for their retention time.</summary>
    public Task ReleaseAsync() => CallRetry.TryAsync(token => grain.ReleaseAsync(spec.Submission, token));

    /// <summary>Cancels the batch because its caller is gone, also when its submit is still on its way. Best effort.</summary>
    public async Task AbandonAsync()
    {
        if (_mayRun)
        {
            await Task.WhenAny(TellAbandonedAsync(), Task.Delay(FarewellPatience, time, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private async Task TellAbandonedAsync()
    {
        try
        {
            await retry.CallAsync(token => grain.AbandonAsync(spec.Submission, token), CancellationToken.None).ConfigureAwait(false);
        }
        catch (CallUnansweredException)
        {
            // The batch fails by itself when it hears nothing of its sender.
        }
    }

    private async Task SendItemsAsync(IAsyncEnumerable<TItem> items, CancellationToken cancellationToken)
    {
        var heartbeat = new Heartbeat(BeatAsync, time);
        await using var __ = heartbeat.ConfigureAwait(false);
        var source = new ItemSource<TItem>(items, time, cancellationToken);
        await using var _ = source.ConfigureAwait(false);
        while (await NextAsync(source, cancellationToken).ConfigureAwait(false))
        {
            await WriteAsync(source.Current, cancellationToken).ConfigureAwait(false);
            if (_page.Count == BatchLimits.MaxPageItems)
            {
                await SendPageAsync(null, cancellationToken).ConfigureAwait(false);
            }
        }

        if (!HasEnded)
        {
            await SendPageAsync(_next, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (_isSubmitted)
        {
            Note(await grain.AppendAsync(PackedEntries.Empty, null, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Whether there is another item to send; what is written is sent before a wait for it.</summary>
    private async ValueTask<bool> NextAsync(ItemSource<TItem> source, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (HasEnded)
        {
            return false;
        }

        var moving = source.MoveNextAsync();
        if (moving.IsCompleted)
        {
            return await moving.ConfigureAwait(false);
        }

        var next = moving.AsTask();
        if (_page.Count > 0)
        {
            await SendPageAsync(null, cancellationToken).ConfigureAwait(false);
        }

        await Task.WhenAny(next, _ended.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        return !HasEnded && await next.ConfigureAwait(false);
    }

    private async ValueTask WriteAsync(TItem item, CancellationToken cancellationToken)
    {
        var index = _next++;
        if (codec.TryWrite(_page, index, item, BatchLimits.MaxPageBytes))
        {
            return;
        }

        if (_page.Count > 0)
        {
            await SendPageAsync(null, cancellationToken).ConfigureAwait(false);
            if (codec.TryWrite(_page, index, item, BatchLimits.MaxPageBytes))
            {
                return;
            }
        }

        var name = ItemBlobName.Of(batchId, spec.Submission, index);
        _untakenBlobs.Add(name);
        await codec.PutAsync(name, item, cancellationToken).ConfigureAwait(false);
        _page.AddBlobName(index, name);
    }

    private async Task SendPageAsync(int? count, CancellationToken cancellationToken)
    {
        var page = _page.Take();
        var end = page.Count == 0 ? _next : page.Indices[^1] + 1;
        while (true)
        {
            var rest = page;
            var reply = await retry.CallAsync(token => CallAsync(rest, count, token), cancellationToken).ConfigureAwait(false);
            _isSubmitted = true;
            _started.TrySetResult();
            Note(reply);
            if (HasEnded || (reply.NextIndex >= end && !reply.IsFull))
            {
                _untakenBlobs.Clear();
                return;
            }

            var known = reply.NextIndex - (end - page.Count);
            if (known < 0)
            {
                throw Lost(null);
            }

            page = page.Slice(known, page.Count - known);
        }
    }

    /// <summary>A batch that was cancelled or has failed takes nothing any more.</summary>
    private void Note(AppendReply reply)
    {
        if (reply.State is BatchState.Cancelled or BatchState.Failed)
        {
            _ended.TrySetResult(reply);
        }
    }

    private async Task ThrowIfFailedAsync()
    {
        if (HasEnded && await _ended.Task.ConfigureAwait(false) is { State: BatchState.Failed, Failure: var failure })
        {
            throw new BatchFailedException(batchId, failure ?? "no reason was given.");
        }
    }

    /// <summary>Deletes the items in the blob store of a page that no batch has, best effort: what is left is pruned after its retention time.</summary>
    private async Task DropUntakenAsync(Exception reason)
    {
        if (_mayRun && reason is not (BatchConflictException or BatchHandlerException or BatchLimitException))
        {
            return;
        }

        try
        {
            foreach (var name in _untakenBlobs)
            {
                await codec.DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or ArmatureException)
        {
            // The reason why there is no batch says more.
        }
    }

    private Task<AppendReply> CallAsync(PackedEntries page, int? count, CancellationToken cancellationToken)
    {
        // From the first call on, even when its answer never comes.
        _mayRun = true;
        return _isSubmitted ? AppendAsync(page, count, cancellationToken) : SubmitAsync(page, count, cancellationToken);
    }

    private async Task<AppendReply> SubmitAsync(PackedEntries page, int? count, CancellationToken cancellationToken)
    {
        try
        {
            return await grain.SubmitAsync(spec, page, count, cancellationToken).ConfigureAwait(false);
        }
        catch (BatchConflictException)
        {
            _mayRun = false;
            throw;
        }
    }

    private async Task<AppendReply> AppendAsync(PackedEntries page, int? count, CancellationToken cancellationToken)
    {
        try
        {
            return await grain.AppendAsync(page, count, cancellationToken).ConfigureAwait(false);
        }
        catch (BatchNotFoundException exception)
        {
            throw Lost(exception);
        }
    }

    private BatchLostException Lost(Exception? reason) =>
        spec.Durable ? BatchLostException.OfDurable(batchId, reason) : new(batchId, reason);
}
