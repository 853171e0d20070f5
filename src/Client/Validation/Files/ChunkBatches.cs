using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Armature.Batching;
using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>
/// Runs the chunks of one file through batches of <see cref="FileChunkJob"/>, several hundred a batch so that none of them holds much,
/// and gives their results in the order of the file. Chunks are read no further ahead than <see cref="MaxAhead"/> of the last result.
/// Used once.
/// </summary>
internal sealed class ChunkBatches(BatchClient batches, HeldChunks held) : IDisposable
{
    /// <summary>Chunks of a file in work at a time.</summary>
    public const int MaxAhead = 64;

    private const int ChunksOfBatch = 256;

    private readonly SemaphoreSlim _room = new(MaxAhead);
    private readonly Channel<FileChunkResult> _done = Channel.CreateUnbounded<FileChunkResult>();
    private readonly Channel<int> _order = Channel.CreateUnbounded<int>();
    private bool _hasEnded;

    /// <summary>Why the file ended before its end; null when it did not.</summary>
    public RecordFileException? Fault { get; private set; }

    /// <summary>Runs all chunks.</summary>
    /// <param name="source">The file; read to its end.</param>
    /// <param name="toJob">Makes a job of a chunk; null leaves the chunk out, and it has no result.</param>
    /// <param name="cancellationToken">Cancels the batches.</param>
    /// <exception cref="FileValidationException">A chunk could not be checked.</exception>
    public async IAsyncEnumerable<FileChunkResult> RunAsync(
        RecordSource source, Func<RecordChunk, FileChunkJob?> toJob, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunBatchesAsync(source, toJob, stop.Token);
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
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            held.DropAll();
        }
    }

    public void Dispose() => _room.Dispose();

    /// <summary>Two batches at a time: the next one begins when all chunks of the one before are sent.</summary>
    private async Task RunBatchesAsync(RecordSource source, Func<RecordChunk, FileChunkJob?> toJob, CancellationToken cancellationToken)
    {
        var last = Task.CompletedTask;
        var current = Task.CompletedTask;
        try
        {
            while (!_hasEnded)
            {
                var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                current = RunBatchAsync(ReadAsync(source, toJob, sent, cancellationToken), cancellationToken);
                await await Task.WhenAny(sent.Task, current);
                await last;
                last = current;
            }

            await last;
        }
        catch (Exception e)
        {
            _hasEnded = true;
            _done.Writer.TryComplete(e);
            await Task.WhenAll(last, current).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        finally
        {
            _done.Writer.TryComplete();
        }
    }

    private async IAsyncEnumerable<FileChunkJob> ReadAsync(
        RecordSource source, Func<RecordChunk, FileChunkJob?> toJob, TaskCompletionSource sent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var count = 0; count < ChunksOfBatch && await ReadChunkAsync(source, cancellationToken) is { } chunk;)
        {
            if (toJob(chunk) is not { } job)
            {
                chunk.Dispose();
                continue;
            }

            await _room.WaitAsync(cancellationToken);
            _order.Writer.TryWrite(job.Index);
            count++;
            yield return held.Hold(chunk, job);
        }

        sent.TrySetResult();
    }

    private async ValueTask<RecordChunk?> ReadChunkAsync(RecordSource source, CancellationToken cancellationToken)
    {
        RecordChunk? chunk = null;
        try
        {
            chunk = _hasEnded ? null : await source.ReadAsync(cancellationToken);
        }
        catch (RecordFileException e)
        {
            Fault = e;
        }

        _hasEnded = chunk is null;
        return chunk;
    }

    private async Task RunBatchAsync(IAsyncEnumerable<FileChunkJob> jobs, CancellationToken cancellationToken)
    {
        var sent = new List<FileChunkJob>();
        var elsewhere = new List<FileChunkJob>();
        var results = batches.StreamAsync<FileChunkJob, FileChunkResult>(FileChunkJob.HandlerName, jobs.Select(Note), null, cancellationToken);
        await foreach (var item in results)
        {
            if (item.Error?.Code == FileErrorCodes.ChunkElsewhere)
            {
                elsewhere.Add(sent[item.Index]);
            }
            else
            {
                _done.Writer.TryWrite(held.Release(ThrowIfFailed(item)));
            }
        }

        // A silo has joined that has not got them.
        await foreach (var item in batches.StreamAsync<FileChunkJob, FileChunkResult>(
            FileChunkJob.HandlerName, elsewhere.Select(held.WithBytes).ToAsyncEnumerable(), null, cancellationToken))
        {
            _done.Writer.TryWrite(held.Release(ThrowIfFailed(item)));
        }

        FileChunkJob Note(FileChunkJob job)
        {
            sent.Add(job);
            return job;
        }
    }

    private static FileChunkResult ThrowIfFailed(BatchItem<FileChunkResult> item) =>
        item.IsSuccess ? item.Value : throw new FileValidationException(item.Error.Code, $"A part of the file could not be checked: {item.Error.Message}");
}
