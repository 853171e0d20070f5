namespace Armature.Storage;

/// <summary>
/// Does work in groups, one group at a time: what arrives while one is under way goes into the next, in its order. So the time
/// that a group takes bounds the latency and not the throughput.
/// </summary>
/// <param name="doAsync">Does a group's work. What it throws reaches all whose work was in the group.</param>
/// <param name="maxCount">The sum of the counts of one group.</param>
/// <param name="maxBytes">The sum of the bytes of one group.</param>
public sealed class WorkGroups<T>(Func<WorkGroup<T>, Task> doAsync, int maxCount, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<WorkEntry<T>> _waiting = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _pendingBytes;
    private bool _isWorking;
    private bool _isClosed;

    /// <summary>The bytes of all work that has not ended.</summary>
    public long PendingBytes => Volatile.Read(ref _pendingBytes);

    /// <summary>Adds work; the task ends when its group has ended. Work larger than a group goes alone.</summary>
    /// <exception cref="ObjectDisposedException"><see cref="CloseAsync"/> was called.</exception>
    public Task AddAsync(T work, int count, long bytes)
    {
        var entry = new WorkEntry<T>(work, count, bytes);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _waiting.Enqueue(entry);
            _pendingBytes += bytes;
            if (_isWorking)
            {
                return entry.Task;
            }

            _isWorking = true;
        }

        _ = WorkAsync();
        return entry.Task;
    }

    /// <summary>Takes no more work, and returns when all there was has ended.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            return _isWorking ? _ended.Task : Task.CompletedTask;
        }
    }

    /// <summary>The next that still fits; null when there is none.</summary>
    internal WorkEntry<T>? Take(int count, long bytes)
    {
        lock (_lock)
        {
            return _waiting.TryPeek(out var next) && count + next.Count <= maxCount && bytes + next.Bytes <= maxBytes ? _waiting.Dequeue() : null;
        }
    }

    private async Task WorkAsync()
    {
        while (Next() is { } first)
        {
            var group = new WorkGroup<T>(this, first);
            var failure = await TryAsync(group).ConfigureAwait(false);
            lock (_lock)
            {
                _pendingBytes -= group.Bytes;
            }

            group.End(failure);
        }
    }

    private WorkEntry<T>? Next()
    {
        lock (_lock)
        {
            _isWorking = _waiting.TryDequeue(out var next);
            if (!_isWorking && _isClosed)
            {
                _ended.TrySetResult();
            }

            return next;
        }
    }

    private async Task<Exception?> TryAsync(WorkGroup<T> group)
    {
        try
        {
            var doing = doAsync(group);
            if (doing.IsCompleted)
            {
                // Whoever came first would otherwise work for all who come after.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }

            await doing.ConfigureAwait(false);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
