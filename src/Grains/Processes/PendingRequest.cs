namespace Armature.Processes;

/// <summary>A request that a child has. It is over when the child answers or dies, whatever its caller does meanwhile.</summary>
internal sealed class PendingRequest(long id) : IDisposable
{
    // Its caller goes on where the answer was read, without a wait for another thread.
    private readonly TaskCompletionSource<Frame> _reply = new();

    internal long Id { get; } = id;

    internal Task<Frame> Reply => _reply.Task;

    /// <summary>Ends the request's time. Owned by the request, since the time goes on when the caller is gone.</summary>
    internal ITimer? Deadline { get; set; }

    internal void Complete(Frame reply)
    {
        if (!_reply.TrySetResult(reply))
        {
            reply.Dispose();
        }
    }

    internal void Fail(Exception exception) => _reply.TrySetException(exception);

    internal void Cancel(CancellationToken cancellationToken) => _reply.TrySetCanceled(cancellationToken);

    /// <summary>Ends the request's time sooner.</summary>
    internal void ShortenDeadline(TimeSpan left) => Deadline?.Change(left, Timeout.InfiniteTimeSpan);

    public void Dispose() => Deadline?.Dispose();
}
