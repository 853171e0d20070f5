namespace Armature.Validation.Lookups;

/// <summary>
/// Asks a lookup each value once: what is asked while all calls are under way waits together and goes into the next, and an answer is
/// remembered for those who come later. A call that failed is not remembered. Thread-safe.
/// </summary>
internal sealed class LookupQueue<TValue>(Lookup<TValue> lookup, int maxCalls, int maxRemembered, Action<Exception>? failed = null)
    where TValue : notnull
{
    private readonly Lock _lock = new();

    // Guarded by _lock. A value's call waits, is under way, or is done.
    private readonly Dictionary<TValue, LookupCall<TValue>> _calls = [];
    private readonly Queue<LookupCall<TValue>> _waiting = new();
    private readonly Queue<LookupCall<TValue>> _remembered = new();
    private LookupCall<TValue>? _filling;
    private int _running;

    /// <summary>Answers for values, in their order.</summary>
    public async Task<LookupReply> FindAsync(IReadOnlyList<TValue> values, CancellationToken cancellationToken) =>
        (await TryFindAsync(values, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Answers for values, or null after a while: then the question is to be put again, and meanwhile goes on.</summary>
    public async Task<LookupReply?> TryFindAsync(IReadOnlyList<TValue> values, TimeSpan patience, CancellationToken cancellationToken)
    {
        var calls = new LookupCall<TValue>[values.Count];
        LookupCall<TValue>[] distinct;
        lock (_lock)
        {
            for (var i = 0; i < calls.Length; i++)
            {
                calls[i] = CallFor(values[i]);
            }

            distinct = [.. calls.Distinct()];
            Array.ForEach(distinct, static call => call.Enter());
            StartMore();
        }

        try
        {
            await Task.WhenAll(distinct.Select(static call => call.Done)).WaitAsync(patience, lookup.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            Leave(distinct);
            throw;
        }

        return new([.. calls.Select((call, i) => call.AnswerOf(values[i]))], Array.Find(distinct, static call => call.Failure is not null)?.Failure);
    }

    private LookupCall<TValue> CallFor(TValue value)
    {
        if (_calls.TryGetValue(value, out var known))
        {
            return known;
        }

        if (_filling is null || _filling.Values.Count == lookup.Options.MaxValues)
        {
            _filling = new(lookup.Time);
            _waiting.Enqueue(_filling);
        }

        _filling.Values.Add(value);
        _calls.Add(value, _filling);
        return _filling;
    }

    private void StartMore()
    {
        while (_running < maxCalls && _waiting.TryDequeue(out var call))
        {
            _filling = call == _filling ? null : _filling;
            if (!call.IsAbandoned)
            {
                _running++;
                _ = RunAsync(call);
            }
        }
    }

    private async Task RunAsync(LookupCall<TValue> call)
    {
        await call.AskAsync(lookup, failed).ConfigureAwait(false);
        lock (_lock)
        {
            _running--;
            if (call.Failure is null && !call.IsAbandoned)
            {
                Remember(call);
            }
            else
            {
                Forget(call);
            }

            StartMore();
        }

        call.End();
    }

    private void Remember(LookupCall<TValue> call)
    {
        _remembered.Enqueue(call);
        while (_calls.Count > maxRemembered && _remembered.Count > 1)
        {
            Forget(_remembered.Dequeue());
        }
    }

    private void Forget(LookupCall<TValue> call)
    {
        foreach (var value in call.Values)
        {
            if (_calls.TryGetValue(value, out var known) && known == call)
            {
                _calls.Remove(value);
            }
        }
    }

    private void Leave(LookupCall<TValue>[] calls)
    {
        LookupCall<TValue>[] abandoned;
        lock (_lock)
        {
            Array.ForEach(calls, static call => call.Leave());
            abandoned = Array.FindAll(calls, static call => call.IsAbandoned);
            foreach (var call in abandoned)
            {
                // Who asks for these values from now on asks anew.
                Forget(call);
                _filling = call == _filling ? null : _filling;
            }
        }

        Array.ForEach(abandoned, static call => call.Stop());
    }
}
