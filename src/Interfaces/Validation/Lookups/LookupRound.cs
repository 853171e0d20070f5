using System.Runtime.ExceptionServices;

namespace Armature.Validation.Lookups;

/// <summary>
/// The lookups of some records that are checked at once: a question waits until every record either waits for one too or has ended, and
/// then all values go to the desk together.
/// </summary>
/// <param name="desk">Where they go.</param>
/// <param name="records">How many records there are; each says once that it has ended.</param>
/// <param name="cancellationToken">Ends the questions.</param>
internal sealed class LookupRound(ILookupDesk desk, int records, CancellationToken cancellationToken) : ILookups
{
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<(string Name, Type Values), LookupPage> _pages = [];
    private TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _notEnded = records;
    private int _waiting;
    private ExceptionDispatchInfo? _broken;

    public async ValueTask<(LookupAnswer Answer, string? Failure)> FindAsync<TValue>(Lookup<TValue> lookup, TValue value, CancellationToken cancellationToken)
        where TValue : notnull
    {
        LookupPage<TValue> page;
        Task answered;
        lock (_lock)
        {
            page = PageOf(lookup);
            if (page.TryAnswer(value, out var known))
            {
                return known;
            }

            page.Ask(value);
            _waiting++;
            answered = _answered.Task;
            AskIfAllWait();
        }

        await answered.ConfigureAwait(false);
        lock (_lock)
        {
            return page.TryAnswer(value, out var known) ? known : (LookupAnswer.Failed, null);
        }
    }

    /// <summary>Says that a record asks nothing more.</summary>
    public void End()
    {
        lock (_lock)
        {
            _notEnded--;
            AskIfAllWait();
        }
    }

    /// <summary>Throws what kept the desk from answering. Then what was found of the records is not true.</summary>
    public void ThrowIfBroken() => _broken?.Throw();

    private LookupPage<TValue> PageOf<TValue>(Lookup<TValue> lookup)
        where TValue : notnull
    {
        var key = (lookup.Name, typeof(TValue));
        if (!_pages.TryGetValue(key, out var page))
        {
            _pages.Add(key, page = new LookupPage<TValue>(lookup));
        }

        return (LookupPage<TValue>)page;
    }

    private void AskIfAllWait()
    {
        if (_waiting > 0 && _waiting == _notEnded)
        {
            _ = AskAsync([.. _pages.Values]);
        }
    }

    private async Task AskAsync(LookupPage[] pages)
    {
        try
        {
            await Task.WhenAll(pages.Select(page => page.AskAsync(desk, _lock, cancellationToken))).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // thrown for all records together
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _broken ??= ExceptionDispatchInfo.Capture(exception);
        }

        TaskCompletionSource answered;
        lock (_lock)
        {
            answered = _answered;
            _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting = 0;
        }

        answered.SetResult();
    }
}
