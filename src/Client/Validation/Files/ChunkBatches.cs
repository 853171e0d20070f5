using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Armature.Batching;
using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>
/// Runs the chunks of one file through batches of <see cref="FileChunkJob"/>, several hundred a batch so that none of them holds much,
/// and gives their results in the order of the file. Chunks are read no further ahead than <see cref="MaxAhead"/> of the last result.
/// What is lost with a silo is sent again. Used once.
/// </summary>
/// <param name="send">Sends jobs as a batch, and gives what becomes of each.</param>
/// <param name="held">The chunks until they are done.</param>
internal sealed class ChunkBatches(Func<IAsyncEnumerable<FileChunkJob>, CancellationToken, IAsyncEnumerable<BatchItem<FileChunkResult>>> send, HeldChunks held) : IDisposable
{
    /// <summary>Chunks of a file in work at a time.</summary>
    public const int MaxAhead = 32;

    private const int ChunksOfBatch = 256;

    private readonly SemaphoreSlim _room = new(MaxAhead);
    private readonly Channel<FileChunkJob> _jobs = Channel.CreateUnbounded<FileChunkJob>();
    private readonly Channel<FileChunkResult> _done = Channel.CreateUnbounded<FileChunkResult>();
    private readonly Channel<int> _order = Channel.CreateUnbounded<int>();

    /// <summary>Why the file ended before its end; null when it did not.</summary>
    public RecordFileException? Fault { get; private set; }

    /// <summary>Chunks that are checked by a Table Schema.</summary>
    public static ChunkBatches BySchema(BatchClient batches, HeldChunks held) =>
        new((jobs, token) => batches.StreamAsync<FileChunkJob, FileChunkResult>(FileChunkJob.HandlerName, jobs, null, token), held);

    /// <summary>Runs all chunks.</summary>
    /// <param name="source">The file; read to its end.</param>
    /// <param name="toJob">Makes a job of a chunk; null leaves the chunk out, and it has no result.</param>
    /// <param name="cancellationToken">Cancels the batches.</param>
    /// <exception cref="FileValidationException">A chunk could not be checked.</exception>
    public async IAsyncEnumerable<FileChunkResult> RunAsync(
        RecordSource source, Func<RecordChunk, FileChunkJob?> toJob, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(source, toJob, stop.Token);
        var running = RunBatchesAsync(stop.Token);
        try
        {
            var early = new Dictionary<int, FileChunkResult>();
            await foreach (var done in _done.Reader.ReadAllAsync(CancellationToken.None))
            {
                early.Add(done.Index, done);
                while (_order.Reader.TryPeek(out var index) && early.Remove(index, out var next))
                {
                    _order.Reader.TryRead(out _);
                    yield return next;
                    _room.Release();
                }
            }

            await running;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(reading, running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            held.DropAll();
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task ReadAsync(RecordSource source, Func<RecordChunk, FileChunkJob?> toJob, CancellationToken cancellationToken)
    {
        try
        {
            // Not on the caller's thread: a file that is in memory gives all its chunks without a wait.
            await Task.Yield();
            while (await source.ReadAsync(cancellationToken) is { } chunk)
            {
                if (toJob(chunk) is not { } job)
                {
                    chunk.Dispose();
                    continue;
                }

                await _room.WaitAsync(cancellationToken);
                held.Hold(chunk);
                _order.Writer.TryWrite(job.Index);
                _jobs.Writer.TryWrite(job);
            }

            _jobs.Writer.Complete();
        }
        catch (RecordFileException e)
        {
            Fault = e;
            _jobs.Writer.Complete();
        }
        catch (Exception e)
        {
            _jobs.Writer.Complete(e);
        }
    }

    /// <summary>Two batches at a time: the next one begins when all chunks of the one before are sent.</summary>
    private async Task RunBatchesAsync(CancellationToken cancellationToken)
    {
        var last = Task.CompletedTask;
        var current = Task.CompletedTask;
        try
        {
            while (await _jobs.Reader.WaitToReadAsync(cancellationToken))
            {
                var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                current = RunBatchAsync(sent, cancellationToken);
                await await Task.WhenAny(sent.Task, current);
                await last;
                last = current;
            }

            await last;
            _done.Writer.Complete();
        }
        catch (Exception e)
        {
            _done.Writer.Complete(e);
            await Task.WhenAll(last, current).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task RunBatchAsync(TaskCompletionSource sent, CancellationToken cancellationToken)
    {
        var open = new Dictionary<int, FileChunkJob>();
        var losses = new BatchLosses();
        using var isElsewhere = new CancellationTokenSource();
        for (var jobs = TakeAsync(open, sent, isElsewhere.Token, cancellationToken); ; jobs = open.Values.ToArray().Select(held.WithBytes).ToAsyncEnumerable())
        {
            try
            {
                await StreamAsync(jobs, open, isElsewhere, cancellationToken);
            }
            catch (ArmatureException e) when (losses.MayRepeat(e))
            {
            }

            if (open.Count == 0)
            {
                return;
            }
        }
    }

    private async IAsyncEnumerable<FileChunkJob> TakeAsync(
        Dictionary<int, FileChunkJob> open, TaskCompletionSource sent, CancellationToken isElsewhere, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (var count = 0; count < ChunksOfBatch && await MayTakeAsync(isElsewhere, cancellationToken); count++)
            {
                if (_jobs.Reader.TryRead(out var job))
                {
                    lock (open)
                    {
                        open.Add(job.Index, job);
                    }

                    yield return held.Sent(job);
                }
            }
        }
        finally
        {
            sent.TrySetResult();
        }
    }

    /// <summary>Whether there is another chunk, and none of the batch has to be sent again: later ones may wait for that one's result.</summary>
    private async ValueTask<bool> MayTakeAsync(CancellationToken isElsewhere, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(isElsewhere, cancellationToken);
        try
        {
            return await _jobs.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task StreamAsync(
        IAsyncEnumerable<FileChunkJob> jobs, Dictionary<int, FileChunkJob> open, CancellationTokenSource isElsewhere, CancellationToken cancellationToken)
    {
        await foreach (var item in send(jobs, cancellationToken))
        {
            // A silo has joined that has not got it: it stays open, and is sent with its bytes when this batch ends, so that ends soon.
            if (item.Error?.Code == FileErrorCodes.ChunkElsewhere)
            {
                held.SendBytes();
                await isElsewhere.CancelAsync();
                continue;
            }

            var result = item.IsSuccess ? item.Value : throw new FileValidationException(item.Error.Code, $"A part of the file could not be checked: {item.Error.Message}");
            bool isFirst;
            lock (open)
            {
                isFirst = open.Remove(result.Index);
            }

            if (isFirst)
            {
                _done.Writer.TryWrite(held.Release(result));
            }
        }
    }
}
