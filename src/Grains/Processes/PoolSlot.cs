using Microsoft.Extensions.Logging;

namespace Armature.Processes;

/// <summary>One place in a pool: keeps one child running in it, and replaces it when it dies or is due to be recycled.</summary>
/// <param name="start">Starts a child and returns when it is ready.</param>
/// <param name="members">The pool, as far as its slots need it.</param>
internal sealed partial class PoolSlot(Func<CancellationToken, Task<ChildSession>> start, IPoolMembers members, TimeProvider time, ILogger logger)
{
    // Failed starts after which the slot counts as out of order.
    private const int Patience = 3;

    private readonly TaskCompletionSource _firstStart = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ChildSession? _current;
    private int _failures;

    /// <summary>Completes when the first child is ready, or fails when it could not be started.</summary>
    internal Task FirstStart => _firstStart.Task;

    /// <summary>Whether the slot has no child and repeatedly failed to start one.</summary>
    internal bool IsOutOfOrder => Volatile.Read(ref _failures) >= Patience && _current is not { Ended.IsCompleted: false };

    internal async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await ReplaceAsync(stopping);
                await Task.WhenAny(_current!.Ended, _current.RecycleDue).WaitAsync(stopping);
                CountEarlyDeath(_current);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _firstStart.TrySetCanceled(stopping);
        }
    }

    private async Task ReplaceAsync(CancellationToken stopping)
    {
        var replaced = _current;
        _current = await StartUntilReadyAsync(stopping);
        members.Join(_current);
        _firstStart.TrySetResult();
        if (replaced is not null)
        {
            members.Leave(replaced);
        }
    }

    private async Task<ChildSession> StartUntilReadyAsync(CancellationToken stopping)
    {
        while (true)
        {
            if (_failures > 0)
            {
                await Task.Delay(StartBackoff.After(_failures), time, stopping);
            }

            try
            {
                return await start(stopping);
            }
            catch (ProcessStartException exception)
            {
                _failures++;
                LogStartFailed(logger, _failures, StartBackoff.After(_failures), exception);
                _firstStart.TrySetException(exception);
                members.OnStartFailed(exception);
            }
        }
    }

    // A child that dies unasked and unused would be replaced in a hot loop; one that worked resets the count.
    private void CountEarlyDeath(ChildSession child)
    {
        _failures = child.Ended.IsCompleted && !child.WasUsed ? _failures + 1 : 0;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A child process did not start ({Failures} failures in a row); the next attempt follows in {Backoff}")]
    private static partial void LogStartFailed(ILogger logger, int failures, TimeSpan backoff, Exception exception);
}
