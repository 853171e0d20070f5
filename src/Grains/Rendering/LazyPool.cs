using Armature.Processes;

namespace Armature.Rendering;

/// <summary>A pool of processes that is started when it is needed for the first time. A start that failed is tried again.</summary>
internal sealed class LazyPool(Func<CancellationToken, Task<ProcessPool>> start) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private Task<ProcessPool>? _starting;
    private bool _isDisposed;

    /// <exception cref="RenderException">It could not be started, or was stopped.</exception>
    public Task<ProcessPool> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                throw new RenderException(RenderErrorCodes.RendererUnavailable, "The renderer was stopped.");
            }

            // Not with the first caller's token: others wait for the same pool.
            if (_starting is not { IsFaulted: false, IsCanceled: false })
            {
                _starting = Task.Run(() => start(_stop.Token), CancellationToken.None);
            }

            return _starting.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        await _stop.CancelAsync();
        try
        {
            if (_starting is { } starting)
            {
                await (await starting).DisposeAsync();
            }
        }
        catch (Exception e) when (e is RenderException or OperationCanceledException)
        {
            // It never started, and whoever needed it was told.
        }

        _stop.Dispose();
    }
}
