namespace Armature.Batching;

/// <summary>The submissions that have joined a batch and not left it. Used on the coordinator's scheduler only.</summary>
internal sealed class Submissions(Guid first)
{
    private const int Most = 10_000;

    private readonly HashSet<Guid> _joined = [first];

    // With more than can be known the last to leave is not known either: the retention time is the bound.
    private bool _areTooMany;

    public void Join(Guid submission)
    {
        if (_joined.Count < Most)
        {
            _joined.Add(submission);
            return;
        }

        _areTooMany |= !_joined.Contains(submission);
    }

    /// <summary>Takes a submission out; true when it was there and was the last.</summary>
    public bool IsLastToLeave(Guid submission) => _joined.Remove(submission) && _joined.Count == 0 && !_areTooMany;
}
