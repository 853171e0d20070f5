namespace Armature.Batching;

/// <summary>Lets those who wait look again after a change. Used on one scheduler only.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource? _changed;

    public void Set()
    {
        _changed?.TrySetResult();
        _changed = null;
    }

    /// <summary>Waits for the next change, at most for a time; returns either way.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        _changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _changed.Task.WaitAsync(most, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing changed in the time: the caller answers with nothing new.
        }
    }
}
