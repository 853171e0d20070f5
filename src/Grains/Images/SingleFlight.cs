namespace Armature.Images;

/// <summary>Does the same work once for all who ask for it at the same time. A caller who leaves does not end it for the others.</summary>
internal sealed class SingleFlight<TKey, TResult>
    where TKey : notnull
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<TKey, Flight> _flights = [];

    public async Task<TResult> RunAsync(TKey key, Func<CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var flight = Join(key, work);
        try
        {
            return await flight.Result.WaitAsync(cancellationToken);
        }
        finally
        {
            await LeaveAsync(key, flight);
        }
    }

    private Flight Join(TKey key, Func<CancellationToken, Task<TResult>> work)
    {
        Flight? mine;
        lock (_lock)
        {
            if (_flights.TryGetValue(key, out var flight))
            {
                flight.Callers++;
                return flight;
            }

            mine = new();
            _flights.Add(key, mine);
        }

        // Started outside of the lock: work may run up to its first wait, or to its end, here.
        mine.Start(work);
        return mine;
    }

    private async Task LeaveAsync(TKey key, Flight flight)
    {
        lock (_lock)
        {
            if (--flight.Callers > 0)
            {
                return;
            }

            _flights.Remove(key);
        }

        // Nobody waits any more: what still runs is told to stop.
        await flight.StopAsync();
        flight.Dispose();
    }

    private sealed class Flight : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource<TResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Guarded by the lock of the flights.
        public int Callers { get; set; } = 1;

        public Task<TResult> Result => _result.Task;

        public void Start(Func<CancellationToken, Task<TResult>> work) => _ = RunAsync(work);

        public Task StopAsync() => _stop.CancelAsync();

        public void Dispose() => _stop.Dispose();

        private async Task RunAsync(Func<CancellationToken, Task<TResult>> work)
        {
            try
            {
                _result.TrySetResult(await work(_stop.Token));
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                _result.TrySetCanceled(CancellationToken.None);
            }
#pragma warning disable CA1031 // whatever the work throws belongs to its callers
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _result.TrySetException(exception);
                _ = _result.Task.Exception; // seen, even if the last caller has just left
            }
        }
    }
}
