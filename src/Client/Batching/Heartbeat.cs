namespace Armature.Batching;

/// <summary>Tells a batch again and again that its sender lives, until it is disposed of.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beating;

    public Heartbeat(Func<CancellationToken, Task> beat, TimeProvider time) => _beating = BeatAsync(beat, time);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task BeatAsync(Func<CancellationToken, Task> beat, TimeProvider time)
    {
        try
        {
            while (true)
            {
                await Task.Delay(BatchLimits.SenderHeartbeat, time, _stop.Token).ConfigureAwait(false);
                await CallRetry.TryAsync(_ => beat(_stop.Token)).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ArmatureException)
        {
            // Stopped, or refused: then the next page is refused too, and says why.
        }
    }
}
