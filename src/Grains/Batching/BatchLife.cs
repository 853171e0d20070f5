namespace Armature.Batching;

/// <summary>Where a batch is in its life: it runs, may be told to stop, and ends once. Used on the coordinator's scheduler only.</summary>
internal sealed class BatchLife(TimeProvider time, DateTimeOffset submittedAt)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isEnding;

    public DateTimeOffset SubmittedAt => submittedAt;

    public DateTimeOffset? EndedAt { get; private set; }

    public BatchState State { get; private set; } = BatchState.Running;

    /// <summary>True until the batch has ended, or has left this coordinator.</summary>
    public bool IsRunning => State == BatchState.Running && !HasLeft;

    /// <summary>True when nothing new starts because the batch was cancelled.</summary>
    public bool IsCancelling { get; private set; }

    /// <summary>True when it was cancelled because all its callers gave it up.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>True when nothing new starts because another silo will go on with the batch.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>True when another silo has the batch, or will have it: here nothing of it counts any more.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>True while chunks may be started.</summary>
    public bool StartsWork => TakesResults && !IsCancelling && !IsLeaving;

    /// <summary>Ends when nothing new is started any more, for whatever reason.</summary>
    public Task Stopping => _stopping.Task;

    /// <summary>True while answers of silos count.</summary>
    public bool TakesResults => IsRunning && !_isEnding;

    /// <summary>Why the batch failed as a whole; null otherwise.</summary>
    public string? Failure { get; private set; }

    /// <summary>Ends with the batch, or when it leaves; never fails.</summary>
    public Task Ended => _ended.Task;

    public void BeginCancelling()
    {
        IsCancelling = true;
        _stopping.TrySetResult();
    }

    public void Abandon() => IsAbandoned |= TakesResults && !IsCancelling;

    public void BeginLeaving()
    {
        IsLeaving = true;
        _stopping.TrySetResult();
    }

    /// <summary>The end is decided and being recorded; false when it was before.</summary>
    public bool TryBeginEnding()
    {
        if (!TakesResults)
        {
            return false;
        }

        _isEnding = true;
        _stopping.TrySetResult();
        return true;
    }

    public void End(BatchEnd end)
    {
        State = end.State;
        Failure = end.Failure;
        IsAbandoned = end.IsAbandoned;
        EndedAt = end.At;
    }

    /// <summary>Lets those go on who wait for the end, once all that they may ask tells of it.</summary>
    public void TellEnded()
    {
        _stopping.TrySetResult();
        _ended.TrySetResult();
    }

    public void Leave()
    {
        HasLeft = true;
        TellEnded();
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
