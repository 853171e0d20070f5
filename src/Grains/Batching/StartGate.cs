using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Armature.Batching;

/// <summary>
/// Decides when items start on this silo: side by side, or a suspect with nothing beside it. Who wants the silo alone takes its turn,
/// waits until what runs has ended while nothing new starts, and has the silo until it releases it. Afterwards others start for as
/// long as they were held back before the next one gets its turn. Thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its semaphore is only awaited and holds nothing to dispose of.")]
internal sealed class StartGate(TimeProvider time)
{
    /// <summary>
    /// How long one may wait for a silo alone, how long the silo waits for the item that it was given for, and how long the item has
    /// it. Long enough for what usually runs; short enough for the others, which stand still meanwhile.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string BatchId, long ChunkId), CancellationTokenSource> _holds = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile TaskCompletionSource _itemEnded = new();
    private volatile bool _isClosed;

    // Used by the one whose turn it is.
    private long _changedAt;
    private TimeSpan _closedFor;

    /// <summary>Items may start again. Called on any thread.</summary>
    public event Action? Opened;

    /// <summary>True while only the one starts that has the silo alone.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Waits until nothing runs and nothing else will start; false when that did not happen in time, or was called off.</summary>
    /// <param name="key">Who wants the silo alone.</param>
    /// <param name="isIdle">Whether nothing runs now.</param>
    public async Task<bool> HoldAsync((string BatchId, long ChunkId) key, Func<bool> isIdle)
    {
        var over = new CancellationTokenSource(Patience, time);
        if (!_holds.TryAdd(key, over))
        {
            over.Dispose();
            return false;
        }

        try
        {
            await _turn.WaitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            _holds.TryRemove(key, out _);
            return false;
        }

        try
        {
            var owed = _closedFor - time.GetElapsedTime(_changedAt);
            await Task.Delay(owed > TimeSpan.Zero ? owed : TimeSpan.Zero, time, over.Token);
            Close();
            await WaitUntilAsync(isIdle, over.Token);
            over.CancelAfter(Patience);
            over.Token.Register(() => End(key));
            return true;
        }
        catch (OperationCanceledException)
        {
            End(key);
            return false;
        }
    }

    /// <summary>The item is here for which the silo was given; false when it is too late.</summary>
    public bool TryBegin((string BatchId, long ChunkId) key)
    {
        if (!_isClosed || !_holds.TryGetValue(key, out var over))
        {
            return false;
        }

        over.CancelAfter(Timeout.InfiniteTimeSpan);
        return !over.IsCancellationRequested;
    }

    /// <summary>Gives the silo back, or calls off the wait for it. Without effect when it is not held by this one.</summary>
    public void Release((string BatchId, long ChunkId) key)
    {
        if (_holds.TryGetValue(key, out var over))
        {
            over.Cancel();
        }
    }

    /// <summary>Calls off the waits of a batch.</summary>
    public void Release(Predicate<(string BatchId, long ChunkId)> chosen)
    {
        foreach (var key in _holds.Keys.Where(key => chosen(key)))
        {
            Release(key);
        }
    }

    /// <summary>An item has ended. Cheap while nobody waits.</summary>
    public void OnItemEnded()
    {
        if (_isClosed)
        {
            _itemEnded.TrySetResult();
        }
    }

    private void Close()
    {
        _changedAt = time.GetTimestamp();
        _isClosed = true;
    }

    private void End((string BatchId, long ChunkId) key)
    {
        _holds.TryRemove(key, out _);
        if (_isClosed)
        {
            _closedFor = time.GetElapsedTime(_changedAt);
            _changedAt = time.GetTimestamp();
            _isClosed = false;
            Opened?.Invoke();
        }

        _turn.Release();
    }

    private async Task WaitUntilAsync(Func<bool> isIdle, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Made before the look: an end after the look is not missed.
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _itemEnded = ended;
            if (isIdle())
            {
                return;
            }

            await ended.Task.WaitAsync(cancellationToken);
        }
    }
}
