using Armature.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Armature.Batching;

/// <summary>The story of one item: read it, handle it within its time, write its result or say why there is none.</summary>
internal sealed partial class ItemExecution<TItem, TResult>(
    EntryCodec<TItem> items,
    EntryCodec<TResult> results,
    IOptions<ArmatureOptions> options,
    ILogger<ItemExecution<TItem, TResult>> logger)
{
    private readonly TimeSpan _grace = options.Value.Batching.CancellationGrace;

    public async ValueTask RunAsync(ChunkRun chunk, int position, Func<TItem, BatchItemContext, CancellationToken, ValueTask<TResult>> handle)
    {
        var request = chunk.Request;
        var started = chunk.Time.GetTimestamp();
        using var timeout = new CancellationTokenSource(request.ItemTimeout, chunk.Time);
        using var cancellation = chunk.Cancellation.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), timeout);
        try
        {
            var item = await ReadAsync(request, position, timeout.Token);
            var context = new BatchItemContext(request.BatchId, request.Items.Indices[position], request.Attempt);
            var handling = handle(item, context, timeout.Token);
            var result = handling.IsCompleted ? await handling : await WithGraceAsync(handling.AsTask(), chunk, timeout.Token);
            ThrowIfTooLate();
            await WriteAsync(chunk, position, result, Elapsed());
        }
        catch (OperationCanceledException) when (chunk.Cancellation.IsCancellationRequested)
        {
            chunk.EndCancelled(position, Elapsed());
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested || Elapsed() > request.ItemTimeout)
        {
            chunk.FailRetryably(position, ItemErrorCodes.ItemTimeout, $"The item ran longer than its item timeout of {request.ItemTimeout}.", Elapsed());
        }
        catch (BatchItemException failure)
        {
            Fail(chunk, position, failure, Elapsed());
        }
        catch (ItemFormatException failure)
        {
            chunk.Fail(position, failure.Code, failure.Message, Elapsed());
        }
#pragma warning disable CA1031 // whatever a handler throws is its item's failure
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogHandlerFailed(logger, exception, request.Handler, request.BatchId, request.Items.Indices[position], request.Attempt);
            chunk.FailRetryably(position, ItemErrorCodes.HandlerFailed, $"{exception.GetType().Name}: {MessageOf(exception)}", Elapsed());
        }

        // A handler that looks at no token, or blocks, may come with a result that nobody waits for any more.
        void ThrowIfTooLate()
        {
            if (timeout.IsCancellationRequested || Elapsed() > request.ItemTimeout)
            {
                throw new OperationCanceledException();
            }
        }

        TimeSpan Elapsed() => chunk.Time.GetElapsedTime(started);
    }

    private async ValueTask<TItem> ReadAsync(ChunkRequest request, int position, CancellationToken cancellationToken)
    {
        try
        {
            return request.Items.Kinds[position] == EntryKind.Blob
                ? await items.ReadBlobAsync(request.Items[position], cancellationToken)
                : items.Read(request.Items[position]);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ArmatureException or IOException))
        {
            throw new ItemFormatException(ItemErrorCodes.ItemUnreadable, $"The item could not be read as {typeof(TItem)}: {exception.Message}");
        }
    }

    /// <summary>Waits for a handler that was told to stop no longer than the grace time: what it does afterwards is not reported.</summary>
    private async Task<TResult> WithGraceAsync(Task<TResult> handling, ChunkRun chunk, CancellationToken cancellationToken)
    {
        try
        {
            return await handling.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!handling.IsCompleted)
        {
            await Task.WhenAny(handling, Task.Delay(_grace, chunk.Time, CancellationToken.None));
        }

        if (handling.IsCompleted)
        {
            return await handling;
        }

        _ = handling.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        throw new OperationCanceledException(cancellationToken);
    }

    private async ValueTask WriteAsync(ChunkRun chunk, int position, TResult result, TimeSpan busy)
    {
        try
        {
            if (chunk.TryComplete(position, result, results, busy))
            {
                return;
            }

            var name = $"batches/{chunk.Request.BatchId}/results/{chunk.Request.Items.Indices[position]}-{chunk.Request.ChunkId}";
            await results.PutAsync(name, result, chunk.Cancellation);
            chunk.CompleteWithBlob(position, name, busy);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ArmatureException or IOException))
        {
            throw new ItemFormatException(ItemErrorCodes.ResultUnwritable, $"The result could not be written as {typeof(TResult)}: {exception.Message}");
        }
    }

    private static void Fail(ChunkRun chunk, int position, BatchItemException failure, TimeSpan busy)
    {
        if (failure.IsRetryable)
        {
            chunk.FailRetryably(position, failure.Code, failure.Message, busy);
            return;
        }

        chunk.Fail(position, failure.Code, failure.Message, busy);
    }

    /// <summary>A handler's own exceptions may fail even in what they say; their item is answered all the same.</summary>
    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
#pragma warning disable CA1031 // an item that nobody answers would keep its batch for ever
        catch (Exception)
#pragma warning restore CA1031
        {
            return "its message could not be read";
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Handler {Handler} failed on batch {BatchId}, item {Index}, attempt {Attempt}")]
    private static partial void LogHandlerFailed(ILogger logger, Exception exception, string handler, string batchId, int index, int attempt);
}
