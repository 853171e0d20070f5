namespace Armature.Validation.Lookups;

/// <summary>One call of a lookup: its values, who waits for it, and what it said. Changed under the lock of its queue.</summary>
#pragma warning disable CA1001 // the source has no timer: there is nothing to be disposed of
internal sealed class LookupCall<TValue>(TimeProvider time)
#pragma warning restore CA1001
    where TValue : notnull
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();
    private IReadOnlySet<TValue>? _found;

    public List<TValue> Values { get; } = [];

    /// <summary>Askers that wait. When the last has left, the call is given up.</summary>
    public int Waiting { get; private set; }

    /// <summary>True when nobody waited any more before it was done.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>The type of the exception that the last attempt ended with; null when it succeeded.</summary>
    public string? Failure { get; private set; }

    public Task Done => _done.Task;

    public void Enter() => Waiting++;

    public void Leave() => IsAbandoned |= --Waiting == 0 && !Done.IsCompleted;

    /// <summary>Stops an abandoned call. Not under the lock: it calls what waits for it.</summary>
    public void Stop() => _abandoned.Cancel();

    public LookupAnswer AnswerOf(TValue value) => _found is not { } found ? LookupAnswer.Failed : found.Contains(value) ? LookupAnswer.Found : LookupAnswer.Missing;

    /// <summary>Asks, as often as the lookup's options say.</summary>
    /// <param name="lookup">The lookup.</param>
    /// <param name="failed">Told of each attempt that failed.</param>
    public async Task AskAsync(Lookup<TValue> lookup, Action<Exception>? failed)
    {
        for (var attempt = 1; attempt <= lookup.Options.MaxAttempts && _found is null && !IsAbandoned; attempt++)
        {
            if (attempt > 1)
            {
                await Task.Delay(lookup.Options.Backoff * Math.Pow(2, attempt - 2), time, _abandoned.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await TryAsync(lookup, failed).ConfigureAwait(false);
        }
    }

    public void End() => _done.TrySetResult();

    private async Task TryAsync(Lookup<TValue> lookup, Action<Exception>? failed)
    {
        using var timeout = new CancellationTokenSource(lookup.Options.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _abandoned.Token);
        try
        {
            // Not on the caller's scheduler, which may be a grain's. One that looks at no token is left behind.
            var finding = Task.Run(async () => await lookup.Find!(Values, linked.Token).ConfigureAwait(false), CancellationToken.None);
            _found = await finding.WaitAsync(linked.Token).ConfigureAwait(false) ?? throw new InvalidOperationException("The lookup gave no set.");
            Failure = null;
        }
#pragma warning disable CA1031 // whatever a lookup throws is its failure
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var said = timeout.IsCancellationRequested ? new TimeoutException($"The lookup took longer than {lookup.Options.Timeout}.", exception) : exception;
            Failure = said.GetType().FullName;
            if (!IsAbandoned)
            {
                failed?.Invoke(said);
            }
        }
    }
}
