using Microsoft.Extensions.Logging;

namespace Armature.Batching;

/// <content>How a batch ends: complete, cancelled or failed; once.</content>
internal sealed partial class BatchRun
{
    private void EndWhenDone()
    {
        if (IsRunning && !_isCancelling && _items.IsComplete)
        {
            End(BatchState.Completed);
        }
    }

    private async Task EndCancelledAsync()
    {
        // The silos answer with what was done; one that does not is asked once more and then not waited for.
        for (var i = 0; i < 2 && _running.Count > 0; i++)
        {
            var answered = Task.WhenAll(_lanes);
            await Task.WhenAny(answered, Task.Delay(_options.CancellationGrace + TimeSpan.FromSeconds(1), _time, CancellationToken.None));
            if (!answered.IsCompleted)
            {
                await CancelOnSilosAsync();
            }
        }

        End(BatchState.Cancelled);
    }

    private void End(BatchState state)
    {
        if (!IsRunning)
        {
            return;
        }

        _state = state;
        _endedAt = _time.GetUtcNow();
        _queue.Complete();
        AddEvent(state switch
        {
            BatchState.Completed => BatchEventKind.Completed,
            BatchState.Cancelled => BatchEventKind.Cancelled,
            _ => BatchEventKind.Failed,
        });
        _resultsChanged.Set();
        _ended.TrySetResult();
    }

    private Task CancelOnSilosAsync() =>
        Task.WhenAll(_silos.Values.Where(silo => silo.RunningChunks > 0).Select(silo => CancelOnAsync(silo.Address, null)));

    private async Task CancelOnAsync(SiloAddress silo, long? chunkId)
    {
        try
        {
            await _nodes.CancelAsync(silo, Id, chunkId);
        }
#pragma warning disable CA1031 // a silo that cannot be told is dead or about to be: its answers are not waited for
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogCancelFailed(_logger, exception, silo, Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not be told to stop batch {BatchId}")]
    private static partial void LogCancelFailed(ILogger logger, Exception exception, SiloAddress silo, string batchId);
}
