namespace Armature.Health;

/// <summary>A heartbeat through the timers and the thread pool of this process.</summary>
internal sealed class ProgressMonitor(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _lastBeat = time.GetTimestamp();

    /// <summary>The time since the last heartbeat.</summary>
    public TimeSpan SinceLastBeat => time.GetElapsedTime(Volatile.Read(ref _lastBeat));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Volatile.Write(ref _lastBeat, time.GetTimestamp());
        }
    }
}
