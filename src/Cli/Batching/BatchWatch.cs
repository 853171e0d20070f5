using Armature.Terminal;

namespace Armature.Batching;

/// <summary>Follows a batch while its results are read, and reports how far it is.</summary>
internal sealed class BatchWatch : IAsyncDisposable
{
    private static readonly TimeSpan UntilItExists = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly BatchHandle<byte[]> _batch;
    private readonly int _total;
    private readonly IProgress<ProgressSnapshot> _progress;
    private readonly TimeProvider _timeProvider;
    private readonly Task _watching;
    private volatile bool _hasEnded;

    /// <summary>Begins to follow a batch, which may not have begun yet.</summary>
    /// <param name="batches">Where the batch runs.</param>
    /// <param name="id">Its id.</param>
    /// <param name="total">Its items, of which the coordinator does not know all before the last is sent.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="timeProvider">The clock.</param>
    public BatchWatch(BatchClient batches, string id, int total, IProgress<ProgressSnapshot> progress, TimeProvider timeProvider)
    {
        _batch = batches.GetHandle<byte[]>(id);
        _total = total;
        _progress = progress;
        _timeProvider = timeProvider;
        _watching = WatchAsync(_stop.Token);
    }

    /// <summary>True once the batch has ended: nothing more need be sent to it.</summary>
    public bool HasEnded => _hasEnded;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _watching;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The results are read: there is nothing left to follow.
        }
        catch (ArmatureException)
        {
            // Whoever reads the results is told the same.
        }

        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        await WaitUntilItExistsAsync(cancellationToken);
        await foreach (var batchEvent in _batch.WatchAsync(cancellationToken: cancellationToken))
        {
            var status = batchEvent.Status;
            _hasEnded = batchEvent.IsLast;
            _progress.Report(new ProgressSnapshot(_total, status.Succeeded, status.Failed, status.Silos));
        }
    }

    private async Task WaitUntilItExistsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await _batch.GetStatusAsync(cancellationToken);
                return;
            }
            catch (BatchNotFoundException)
            {
                await Task.Delay(UntilItExists, _timeProvider, cancellationToken);
            }
        }
    }
}
