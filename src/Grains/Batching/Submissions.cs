namespace Armature.Batching;

/// <summary>
/// The submissions that have joined a batch and not left it. Of a durable batch they are recorded, so that its next coordinator knows
/// them too. Used on the coordinator's scheduler only.
/// </summary>
internal sealed class Submissions
{
    private const int Most = 10_000;

    private readonly string _batchId;
    private readonly BatchSpec _spec;
    private readonly BatchRecorder? _recorder;
    private readonly HashSet<Guid> _present;
    private readonly HashSet<Guid> _known;

    // With more than can be known the last to leave is not known either: the retention time is the bound.
    private bool _areTooMany;

    public Submissions(string batchId, BatchSpec spec, BatchRecorder? recorder, IReadOnlyDictionary<Guid, bool> recorded)
    {
        _batchId = batchId;
        _spec = spec;
        _recorder = recorder;
        _known = [spec.Submission, .. recorded.Keys];
        _present = [.. _known.Where(submission => recorded.GetValueOrDefault(submission, defaultValue: true))];
        _areTooMany = _known.Count >= Most;
    }

    /// <summary>All that have joined, also those that have left: whose items in the blob store are the batch's.</summary>
    public IReadOnlySet<Guid> Known => _known;

    /// <summary>Joins a caller who submits the batch's id again and sends; one whose items are refused has not joined.</summary>
    /// <exception cref="BatchConflictException">The caller's work is another.</exception>
    public async Task<T> JoinAsync<T>(BatchSpec spec, Func<Task<T>> sendAsync)
    {
        if (BatchConflict.Between(_spec, spec) is { } difference)
        {
            throw new BatchConflictException(_batchId, difference);
        }

        var isNew = TryAdd(spec.Submission);
        if (isNew)
        {
            _recorder?.AddSubmission(spec.Submission);
        }

        try
        {
            return await sendAsync();
        }
        catch (BatchConflictException) when (isNew)
        {
            await IsLastToLeaveAsync(spec.Submission);
            throw;
        }
    }

    /// <summary>Takes a submission out; true when it was there and was the last.</summary>
    public async Task<bool> IsLastToLeaveAsync(Guid submission)
    {
        if (!_present.Remove(submission))
        {
            return false;
        }

        if (_present.Count == 0)
        {
            return !_areTooMany;
        }

        await (_recorder?.RemoveSubmissionAsync(submission) ?? Task.CompletedTask);
        return false;
    }

    private bool TryAdd(Guid submission)
    {
        if (_known.Contains(submission))
        {
            return false;
        }

        if (_known.Count >= Most)
        {
            _areTooMany = true;
            return false;
        }

        _known.Add(submission);
        return _present.Add(submission);
    }
}
