namespace Armature.Rendering;

/// <summary>The line in front of one backend. Only its head asks the gate, so pages begin in the order in which they came.</summary>
internal sealed class RenderPaceGrain(TimeProvider time) : Grain, IRenderPaceGrain
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly PaceGate _gate = new(time);
    private readonly LinkedList<TaskCompletionSource> _line = new();

    public async Task<bool> EnterAsync(RenderPace pace, PacePermit permit, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var place = _line.AddLast(NewTurn());
        try
        {
            while (true)
            {
                var wait = _line.First == place ? _gate.TryEnter(pace, permit) : LongestWait;
                var left = LongestWait - time.GetElapsedTime(since);
                if (wait is null || left <= TimeSpan.Zero)
                {
                    return wait is null;
                }

                await WaitAsync(place, wait.Value < left ? wait.Value : left, cancellationToken);
            }
        }
        finally
        {
            _line.Remove(place);
            CallNext();
        }
    }

    public Task LeaveAsync(Guid permit, CancellationToken cancellationToken)
    {
        _gate.Leave(permit);
        CallNext();
        return Task.CompletedTask;
    }

    private void CallNext() => _line.First?.Value.TrySetResult();

    private async Task WaitAsync(LinkedListNode<TaskCompletionSource> place, TimeSpan longest, CancellationToken cancellationToken)
    {
        await place.Value.Task.WaitAsync(longest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellationToken.ThrowIfCancellationRequested();
        if (place.Value.Task.IsCompleted)
        {
            place.Value = NewTurn();
        }
    }

    private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
