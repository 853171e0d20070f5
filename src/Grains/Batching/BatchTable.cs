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

    // Guarded by _lock.
    private TaskCompletionSource? _idle;
    private int _running;

    /// <summary>Batches that run.</summary>
    public int Running
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    /// <summary>Counts a batch that begins to run.</summary>
    /// <exception cref="BatchLimitException">As many run as this silo may coordinate.</exception>
    public void Add(BatchRun batch)
    {
        lock (_lock)
        {
            if (_running >= _maxRunning)
            {
                throw new BatchLimitException("Batching:MaxConcurrentBatches", _maxRunning, _running + 1, "Wait until a batch of this silo has ended, or raise the limit.");
            }

            _running++;
        }

        _batches[batch.Id] = batch;
    }

    /// <summary>Counts a batch that no longer runs; it is still listed.</summary>
    public void End()
    {
        lock (_lock)
        {
            _running--;
            if (_running == 0)
            {
                _idle?.TrySetResult();
            }
        }
    }

    public void Remove(BatchRun batch) => _batches.TryRemove(new(batch.Id, batch));

    public ImmutableArray<BatchStatus> List() =>
        [.. _batches.Values.Select(batch => batch.LatestStatus).OrderByDescending(status => status.SubmittedAt).Take(MostListed)];

    /// <summary>Waits until no batch runs here.</summary>
    public Task WaitUntilIdleAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_running == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }
}
