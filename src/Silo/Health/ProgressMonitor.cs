namespace Armature.Health;

/// <summary>A heartbeat through the timers and the thread pool of this process.</summary>
internal sealed class ProgressMonitor(TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _lastBeat = time.GetTimestamp();
    private ITimer? _timer;

    /// <summary>The time since the last heartbeat.</summary>
    public TimeSpan SinceLastBeat => time.GetElapsedTime(Volatile.Read(ref _lastBeat));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => Volatile.Write(ref _lastBeat, time.GetTimestamp()), state: null, Interval, Interval);
        return Task.CompletedTask;
    }

    // It beats until the process is gone: a process that is draining lives.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _timer?.Dispose();
}
