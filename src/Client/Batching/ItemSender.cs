namespace Armature.Batching;

/// <summary>Sends a batch's items to its coordinator in pages, no faster than it takes them. For one batch, used once.</summary>
internal sealed class ItemSender<TItem>(string batchId, BatchSpec spec, IBatchGrain grain, EntryCodec<TItem> codec, CallRetry retry, TimeProvider time)
{
    /// <summary>How long a caller who gives up waits until its batch knows; then it is told in the background.</summary>
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(2);

    private readonly EntryWriter _page = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;
    private bool _isSubmitted;
    private bool _mayRun;

    public string BatchId => batchId;

    /// <summary>Ends when the coordinator has the first page, or fails as the sending did.</summary>
    public Task Started => _started.Task;

    public async Task SendAsync(IAsyncEnumerable<TItem> items, CancellationToken cancellationToken)
    {
        try
        {
            await SendItemsAsync(items, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            _started.TrySetCanceled(exception.CancellationToken);
            throw;
        }
        catch (Exception exception)
        {
            _started.TrySetException(exception);
            await AbandonAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Says that the results were read. Best effort: without it they are kept for their retention time.</summary>
    public Task ReleaseAsync() => CallRetry.TryAsync(grain.ReleaseAsync);

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
        var source = items.GetAsyncEnumerator(cancellationToken);
        await using var _ = source.ConfigureAwait(false);
        while (await NextAsync(source, cancellationToken).ConfigureAwait(false))
        {
            await WriteAsync(source.Current, cancellationToken).ConfigureAwait(false);
            if (_page.Count == BatchLimits.MaxPageItems)
            {
                await SendPageAsync(null, cancellationToken).ConfigureAwait(false);
            }
        }

        await SendPageAsync(_next, cancellationToken).ConfigureAwait(false);
    }

    private Task BeatAsync(CancellationToken cancellationToken) =>
        _isSubmitted ? grain.AppendAsync(PackedEntries.Empty, null, cancellationToken) : Task.CompletedTask;

    /// <summary>The next item; what is written is sent before a wait for it.</summary>
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<TItem> source, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var next = source.MoveNextAsync();
        if (!next.IsCompleted && _page.Count > 0)
        {
            await SendPageAsync(null, cancellationToken).ConfigureAwait(false);
        }

        return await next.ConfigureAwait(false);
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

        var name = $"batches/{batchId}/items/{index}";
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
            if (reply.NextIndex >= end && !reply.IsFull)
            {
                return;
            }

            var known = reply.NextIndex - (end - page.Count);
            if (known < 0)
            {
                throw new BatchLostException(batchId, null);
            }

            page = page.Slice(known, page.Count - known);
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
            throw new BatchLostException(batchId, exception);
        }
        catch (BatchConflictException)
        {
            // It is another caller's batch, which goes on.
            _mayRun = false;
            throw;
        }
    }
}
