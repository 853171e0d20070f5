using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Armature.Storage;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>Runs handlers over many items, on every core of every silo. Thread-safe.</summary>
public sealed class BatchClient
{
    /// <summary>How long the answer to a page may still be under way when its batch is known to have ended.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(1);

    private readonly IGrainFactory _grains;
    private readonly Serializer _serializer;
    private readonly IBlobStore _blobs;
    private readonly CallRetry _retry;
    private readonly TimeProvider _time;

    /// <summary>Creates the client; done by the container.</summary>
    public BatchClient(IGrainFactory grains, Serializer serializer, IBlobStore blobs, TimeProvider time)
    {
        _grains = grains;
        _serializer = serializer;
        _blobs = blobs;
        _retry = new(time);
        _time = time;
    }

    /// <summary>Runs a batch and waits for it. Cancelling the token cancels the batch.</summary>
    /// <param name="handler">The name under which the handler is registered on the silos.</param>
    /// <param name="items">The items, at most 1,000,000 by default.</param>
    /// <param name="options">The batch's id, timeout and attempts; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the batch.</param>
    /// <returns>For each item, in the order of <paramref name="items"/>, its value or its error.</returns>
    /// <exception cref="BatchHandlerException">No silo has such a handler, or its types differ.</exception>
    /// <exception cref="BatchLimitException">A limit was exceeded.</exception>
    /// <exception cref="BatchConflictException">There is a batch with this id, and it is other work.</exception>
    /// <exception cref="BatchLostException">The silo that coordinated the batch died.</exception>
    /// <exception cref="BatchFailedException">The batch could not go on as a whole.</exception>
    /// <exception cref="CallUnansweredException">The cluster did not answer.</exception>
    public async Task<BatchResult<TResult>> RunAsync<TItem, TResult>(
        string handler,
        IReadOnlyList<TItem> items,
        BatchOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var results = new BatchItem<TResult>[items.Count];
        var sender = CreateSender<TItem, TResult>(handler, options);
        var reader = CreateReader<TResult>(sender.BatchId, RetryFor(options));
        await foreach (var item in RunSentAsync(sender, reader, items.ToAsyncEnumerable(), cancellationToken).ConfigureAwait(false))
        {
            // One that is out of range is another caller's, whose number of items differs: that is refused at the last page.
            if (item.Index < results.Length)
            {
                results[item.Index] = item;
            }
        }

        // Of a batch that was cancelled while it was being sent, the coordinator does not know all items.
        for (var i = 0; i < results.Length; i++)
        {
            results[i] ??= ResultReader<TResult>.CancelledItem(i);
        }

        return new(sender.BatchId, reader.State, results);
    }

    /// <summary>
    /// Runs a batch over items that are still being made, and gives the results as they are done. Items are read no faster than
    /// they are worked on. Cancelling the token, or leaving the loop, cancels the batch.
    /// </summary>
    /// <inheritdoc cref="RunAsync{TItem, TResult}"/>
    public IAsyncEnumerable<BatchItem<TResult>> StreamAsync<TItem, TResult>(
        string handler,
        IAsyncEnumerable<TItem> items,
        BatchOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var sender = CreateSender<TItem, TResult>(handler, options);
        return RunSentAsync(sender, CreateReader<TResult>(sender.BatchId, RetryFor(options)), items, cancellationToken);
    }

    /// <summary>Starts a batch and returns when its last item was taken; the batch goes on by itself.</summary>
    /// <param name="handler">The name under which the handler is registered on the silos.</param>
    /// <param name="items">The items, at most 1,000,000 by default.</param>
    /// <param name="options">The batch's id, timeout and attempts; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the sending, and cancels a batch that was not sent whole.</param>
    /// <inheritdoc cref="RunAsync{TItem, TResult}" path="/exception"/>
    public Task<BatchHandle<TResult>> SubmitAsync<TItem, TResult>(
        string handler,
        IReadOnlyList<TItem> items,
        BatchOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        return SubmitAsync<TItem, TResult>(handler, items.ToAsyncEnumerable(), options, cancellationToken);
    }

    /// <inheritdoc cref="SubmitAsync{TItem, TResult}(string, IReadOnlyList{TItem}, BatchOptions?, CancellationToken)"/>
    public async Task<BatchHandle<TResult>> SubmitAsync<TItem, TResult>(
        string handler,
        IAsyncEnumerable<TItem> items,
        BatchOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var sender = CreateSender<TItem, TResult>(handler, options);
        try
        {
            await sender.SendAsync(items, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await sender.AbandonAsync().ConfigureAwait(false);
            throw;
        }

        return CreateHandle<TResult>(sender.BatchId, RetryFor(options));
    }

    /// <summary>A handle to a batch by its id. No round trip: whether there is such a batch shows at the first call.</summary>
    /// <exception cref="ArgumentException">The id is not of the form of a batch id.</exception>
    public BatchHandle<TResult> GetHandle<TResult>(string batchId)
    {
        BatchName.ThrowIfInvalid(batchId);
        return CreateHandle<TResult>(batchId, _retry);
    }

    /// <summary>Batches that run in the cluster, and those that ended and are still kept, the newest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<BatchStatus>> ListAsync(CancellationToken cancellationToken = default)
    {
        var door = _grains.GetGrain<IBatchDoorGrain>(0);
        return await _retry.CallAsync(door.ListAsync, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<BatchItem<TResult>> RunSentAsync<TItem, TResult>(
        ItemSender<TItem> sender,
        ResultReader<TResult> reader,
        IAsyncEnumerable<TItem> items,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isDone = false;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = sender.SendAsync(items, stop.Token);
        try
        {
            await Task.WhenAny(sending, sender.Started).ConfigureAwait(false);
            await sender.Started.ConfigureAwait(false);
            reader.ExpectBatch();
            var results = new ItemSource<BatchItem<TResult>>(reader.ReadToEndAsync(stop.Token), _time, stop.Token);
            await using var _ = results.ConfigureAwait(false);
            while (await NextAsync(results, sending).ConfigureAwait(false))
            {
                yield return results.Current;
            }

            await EndSendingAsync(sending, reader, stop).ConfigureAwait(false);
            isDone = true;
        }
        finally
        {
            await (isDone ? sender.ReleaseAsync() : sender.AbandonAsync()).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether there is another result. A batch that others have joined goes on when the sending fails, but not for this caller.</summary>
    private static async ValueTask<bool> NextAsync<TResult>(ItemSource<BatchItem<TResult>> results, Task sending)
    {
        if (sending.IsFaulted || sending.IsCanceled)
        {
            await sending.ConfigureAwait(false);
        }

        var moving = results.MoveNextAsync();
        if (moving.IsCompleted || sending.IsCompleted)
        {
            return await moving.ConfigureAwait(false);
        }

        var next = moving.AsTask();
        if (await Task.WhenAny(next, sending).ConfigureAwait(false) == sending)
        {
            await sending.ConfigureAwait(false);
        }

        return await next.ConfigureAwait(false);
    }

    /// <summary>What made the sending fail says more than the batch that ended with it.</summary>
    private static async Task EndSendingAsync<TResult>(Task sending, ResultReader<TResult> reader, CancellationTokenSource stop)
    {
        var isStopped = false;
        if (reader.State is BatchState.Failed or BatchState.Cancelled)
        {
            await Task.WhenAny(sending, Task.Delay(AnswerPatience, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
            isStopped = !sending.IsCompleted && !stop.IsCancellationRequested;
            await stop.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!(sending.IsCanceled && isStopped))
        {
            await sending.ConfigureAwait(false);
        }

        reader.ThrowIfFailed();
    }

    private ItemSender<TItem> CreateSender<TItem, TResult>(string handler, BatchOptions? options)
    {
        BatchName.ThrowIfInvalid(handler);
        options ??= new();
        if (options.Id is not null)
        {
            BatchName.ThrowIfInvalid(options.Id);
        }

        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var spec = new BatchSpec
        {
            Handler = handler,
            ItemType = BatchTypeName.Of(typeof(TItem)),
            ResultType = BatchTypeName.Of(typeof(TResult)),
            ItemTimeout = options.ItemTimeout,
            MaxAttempts = options.MaxAttempts,
            Submission = Guid.NewGuid(),
            Durable = options.Durable,
        };
        var id = options.Id ?? Guid.CreateVersion7().ToString("N");
        return new(id, spec, _grains.GetGrain<IBatchGrain>(id), new EntryCodec<TItem>(_serializer.GetSerializer<TItem>(), _blobs), RetryFor(options), _time);
    }

    private CallRetry RetryFor(BatchOptions? options) => options is { Durable: true } ? _retry.Patient : _retry;

    private BatchHandle<TResult> CreateHandle<TResult>(string batchId, CallRetry retry) =>
        new(batchId, _grains.GetGrain<IBatchGrain>(batchId), retry, () => CreateReader<TResult>(batchId, retry));

    private ResultReader<TResult> CreateReader<TResult>(string batchId, CallRetry retry) => new(
        batchId,
        _grains.GetGrain<IBatchGrain>(batchId),
        new EntryCodec<TResult>(_serializer.GetSerializer<TResult>(), _blobs),
        _serializer.GetSerializer<ItemError>(),
        retry);
}
