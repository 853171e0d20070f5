namespace Armature.Batching;

/// <summary>Where a batch is in its life: it runs, may be told to stop, and ends once. Used on the coordinator's scheduler only.</summary>
internal sealed class BatchLife(TimeProvider time)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset SubmittedAt { get; } = time.GetUtcNow();

    public DateTimeOffset? EndedAt { get; private set; }

    public BatchState State { get; private set; } = BatchState.Running;

    public bool IsRunning => State == BatchState.Running;

    /// <summary>True when nothing new starts because the batch was cancelled.</summary>
    public bool IsCancelling { get; private set; }

    /// <summary>Why the batch failed as a whole; null otherwise.</summary>
    public string? Failure { get; private set; }

    /// <summary>Ends with the batch; never fails.</summary>
    public Task Ended => _ended.Task;

    public void BeginCancelling() => IsCancelling = true;

    public void End(BatchState state, string? failure)
    {
        State = state;
        Failure = failure;
        EndedAt = time.GetUtcNow();
        _ended.TrySetResult();
    }

    /// <summary>Waits for a time, or for the end.</summary>
    public async Task PauseAsync(TimeSpan pause)
    {
        if (pause > TimeSpan.Zero)
        {
            await Task.WhenAny(_ended.Task, Task.Delay(pause, time, CancellationToken.None));
        }
    }
}
