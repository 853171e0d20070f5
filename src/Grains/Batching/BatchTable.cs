using System.Collections.Concurrent;
using System.Collections.Immutable;
using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Batching;

/// <summary>The batches that are coordinated on this silo. Thread-safe.</summary>
internal sealed class BatchTable(IOptions<ArmatureOptions> options)
{
    private const int MostListed = 1000;

    private readonly ConcurrentDictionary<string, BatchRun> _batches = new(StringComparer.Ordinal);
    private readonly int _maxRunning = options.Value.Batching.MaxConcurrentBatches;
    private readonly Lock _lock = new();

    // Guarded by _lock. Those that run, and how each is told to leave.
    private readonly Dictionary<BatchRun, Func<TimeSpan, Task>> _running = [];
    private TaskCompletionSource? _idle;
    private bool _isClosed;

    /// <summary>Batches that run.</summary>
    public int Running
    {
        get
        {
            lock (_lock)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>Counts a batch that begins to run. One that was taken over counts too, and is never refused: it has been accepted.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="leave">Makes a durable batch leave this silo, within a time.</param>
    /// <exception cref="BatchLimitException">As many run as this silo may coordinate.</exception>
    public void Add(BatchRun batch, Func<TimeSpan, Task> leave)
    {
        lock (_lock)
        {
            if (_running.Count >= _maxRunning && !batch.IsTakenOver)
            {
                throw new BatchLimitException("Batching:MaxConcurrentBatches", _maxRunning, _running.Count + 1, "Wait until a batch of this silo has ended, or raise the limit.");
            }

            _running.Add(batch, leave);
        }

        _batches[batch.Id] = batch;
    }

    /// <summary>Lists a batch that has ended elsewhere, or before.</summary>
    public void AddEnded(BatchRun batch) => _batches[batch.Id] = batch;

    /// <summary>Counts a batch that no longer runs; it is still listed.</summary>
    public void End(BatchRun batch)
    {
        lock (_lock)
        {
            _running.Remove(batch);
            if (_running.Keys.All(running => running.IsDurable))
            {
                _idle?.TrySetResult();
            }
        }
    }

    public void Remove(BatchRun batch) => _batches.TryRemove(new(batch.Id, batch));

    public bool Contains(string batchId) => _batches.ContainsKey(batchId);

    public ImmutableArray<BatchStatus> List() =>
        [.. _batches.Values.Select(batch => batch.LatestStatus).OrderByDescending(status => status.SubmittedAt).Take(MostListed)];

    /// <summary>Refuses durable batches once this silo is stopping: another one is to have them.</summary>
    /// <exception cref="BatchHandoverException">It is.</exception>
    public void ThrowIfClosed(string batchId)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                throw new BatchHandoverException(batchId);
            }
        }
    }

    /// <summary>Waits until no batch runs here that would die with this silo.</summary>
    public Task WaitUntilIdleAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_running.Keys.All(batch => batch.IsDurable))
            {
                return Task.CompletedTask;
            }

            _idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes no durable batch any more, and makes those that run here leave, within a time.</summary>
    public Task HandOverAsync(TimeSpan most)
    {
        lock (_lock)
        {
            _isClosed = true;
            return Task.WhenAll(_running.Where(running => running.Key.IsDurable).Select(running => running.Value(most)).ToList());
        }
    }
}
