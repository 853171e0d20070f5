namespace Armature.Validation.Lookups;

/// <summary>What some records ask one lookup.</summary>
internal abstract class LookupPage
{
    /// <summary>Asks what is open.</summary>
    public abstract Task AskAsync(ILookupDesk desk, Lock guard, CancellationToken cancellationToken);
}

/// <summary>What some records ask one lookup, and its answers. Used under the lock of its round.</summary>
internal sealed class LookupPage<TValue>(Lookup<TValue> lookup) : LookupPage
    where TValue : notnull
{
    private readonly Dictionary<TValue, (LookupAnswer Answer, string? Failure)> _answers = [];
    private readonly HashSet<TValue> _open = [];

    public bool TryAnswer(TValue value, out (LookupAnswer Answer, string? Failure) answer) => _answers.TryGetValue(value, out answer);

    public void Ask(TValue value) => _open.Add(value);

    public override async Task AskAsync(ILookupDesk desk, Lock guard, CancellationToken cancellationToken)
    {
        List<TValue> values;
        lock (guard)
        {
            values = [.. _open];
            _open.Clear();
        }

        if (values.Count == 0)
        {
            return;
        }

        var reply = await desk.FindAsync(lookup, values, cancellationToken).ConfigureAwait(false);
        lock (guard)
        {
            for (var i = 0; i < values.Count; i++)
            {
                _answers.Add(values[i], (reply.Answers[i], reply.Answers[i] == LookupAnswer.Failed ? reply.Failure : null));
            }
        }
    }
}
