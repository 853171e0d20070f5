namespace Armature.Batching;

/// <summary>Items that are still being made, which may be left while the next one is awaited. Used once.</summary>
internal sealed class ItemSource<TItem> : IAsyncDisposable
{
    /// <summary>How long a source that is told to stop is waited for; then it is left alone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<TItem> _items;
    private readonly TimeProvider _time;
    private Task _moving = Task.CompletedTask;

    public ItemSource(IAsyncEnumerable<TItem> items, TimeProvider time, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _items = items.GetAsyncEnumerator(_stop.Token);
        _time = time;
    }

    public TItem Current => _items.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        var next = _items.MoveNextAsync();
        if (next.IsCompleted)
        {
            return next;
        }

        var moving = next.AsTask();
        _moving = moving;
        return new(moving);
    }

    /// <summary>An iterator must not be disposed of while it moves: it is told to stop, and waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_moving.IsCompleted)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(_moving, Task.Delay(Patience, _time, CancellationToken.None)).ConfigureAwait(false);
        }

        if (!_moving.IsCompleted)
        {
            _ = _moving.ContinueWith(static moving => moving.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return;
        }

        await _moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _items.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
