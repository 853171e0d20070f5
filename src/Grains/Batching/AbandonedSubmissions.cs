namespace Armature.Batching;

/// <summary>
/// Submissions whose caller gave up before they arrived, for longer than a call can be on its way. Used on the coordinator's
/// scheduler only.
/// </summary>
internal sealed class AbandonedSubmissions(TimeProvider time)
{
    /// <summary>How long they are remembered: a submit that is older was dropped on its way.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private const int Most = 1_000;

    private readonly Queue<(Guid Submission, long Since)> _abandoned = new();

    public bool IsEmpty => _abandoned.Count == 0;

    public void Add(Guid submission)
    {
        while (_abandoned.TryPeek(out var oldest) && (_abandoned.Count >= Most || time.GetElapsedTime(oldest.Since) > Kept))
        {
            _abandoned.Dequeue();
        }

        _abandoned.Enqueue((submission, time.GetTimestamp()));
    }

    /// <exception cref="OperationCanceledException">The submission is one of them.</exception>
    public void ThrowIfContains(Guid submission, string batchId)
    {
        if (_abandoned.Any(abandoned => abandoned.Submission == submission))
        {
            throw new OperationCanceledException($"The caller gave up batch {batchId} before it began.");
        }
    }
}
