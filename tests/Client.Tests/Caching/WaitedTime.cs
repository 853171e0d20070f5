using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

/// <summary>A time that says when somebody waits for it. Thread-safe.</summary>
public sealed class WaitedTime : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _waited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _timers;

    /// <summary>Ends when somebody waits.</summary>
    public Task WhenWaitedFor
    {
        get
        {
            lock (_lock)
            {
                return _waited.Task;
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Counted(this, base.CreateTimer(callback, state, dueTime, period));
        lock (_lock)
        {
            _timers++;
            _waited.TrySetResult();
        }

        return timer;
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_timers == 0)
            {
                _waited = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private sealed class Counted(WaitedTime time, ITimer timer) : ITimer
    {
        private int _isEnded;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            if (Interlocked.Exchange(ref _isEnded, 1) == 0)
            {
                time.End();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
