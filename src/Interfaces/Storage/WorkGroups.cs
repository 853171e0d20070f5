namespace Armature.Storage;

/// <summary>
/// Does work in groups, one group at a time: what arrives while one is under way goes into the next, in its order. So the time
/// that a group takes bounds the latency and not the throughput.
/// </summary>
/// <param name="doAsync">Does a group's work. What it throws reaches all whose work was in the group.</param>
/// <param name="maxCount">The sum of the counts of one group.</param>
/// <param name="maxBytes">The sum of the bytes of one group.</param>
public sealed class WorkGroups<T>(Func<IReadOnlyList<T>, Task> doAsync, int maxCount, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<Entry> _waiting = new();
    private Task _working = Task.CompletedTask;
    private bool _isWorking;
    private bool _isClosed;

    /// <summary>The bytes of all work that has not ended.</summary>
    public long PendingBytes { get; private set; }

    /// <summary>Adds work; the task ends when its group has ended. Work larger than a group goes alone.</summary>
    /// <exception cref="ObjectDisposedException"><see cref="CloseAsync"/> was called.</exception>
    public Task AddAsync(T work, int count, long bytes)
    {
        var entry = new Entry(work, count, bytes);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _waiting.Enqueue(entry);
            PendingBytes += bytes;
            if (!_isWorking)
            {
                _isWorking = true;
                _working = WorkAsync();
            }
        }

        return entry.Ended.Task;
    }

    /// <summary>Takes no more work, and returns when all there was has ended.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            return _working;
        }
    }

    private async Task WorkAsync()
    {
        // The caller holds the lock, and its thread is not ours to work on.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (Next() is { Count: > 0 } group)
        {
            await DoAsync(group).ConfigureAwait(false);
        }
    }

    private List<Entry> Next()
    {
        var group = new List<Entry>();
        lock (_lock)
        {
            long count = 0;
            long bytes = 0;
            while (_waiting.TryPeek(out var next)
                && (group.Count == 0 || (count + next.Count <= maxCount && bytes + next.Bytes <= maxBytes)))
            {
                group.Add(_waiting.Dequeue());
                count += next.Count;
                bytes += next.Bytes;
            }

            _isWorking = group.Count > 0;
        }

        return group;
    }

    private async Task DoAsync(List<Entry> group)
    {
        try
        {
            await doAsync([.. group.Select(entry => entry.Work)]).ConfigureAwait(false);
            Leave(group);
            group.ForEach(entry => entry.Ended.SetResult());
        }
        catch (Exception error)
        {
            Leave(group);
            group.ForEach(entry => entry.Ended.SetException(error));
        }
    }

    private void Leave(List<Entry> group)
    {
        lock (_lock)
        {
            group.ForEach(entry => PendingBytes -= entry.Bytes);
        }
    }

    private sealed record Entry(T Work, int Count, long Bytes)
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
