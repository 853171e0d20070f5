namespace Armature.Caching;

/// <summary>One call that reads values and makes those that are missing. Used once.</summary>
internal sealed class CacheLoader<T>(
    LoadCalls calls,
    CacheFactory<T> factory,
    ICacheSerializer serializer,
    Func<CacheReply, int, CacheEntry<T>> read,
    TimeProvider time)
{
    // A lease lasts 10 seconds at least.
    private static readonly TimeSpan RenewalPeriod = TimeSpan.FromSeconds(3);

    public async Task<CacheEntry<T>[]> RunAsync(string[] keys, CancellationToken cancellationToken)
    {
        var results = new CacheEntry<T>[keys.Length];
        var makings = new List<Task>();
        int[] open = [.. Enumerable.Range(0, keys.Length)];
        try
        {
            for (var wait = TimeSpan.Zero; open.Length > 0; wait = CacheLoad.LongestWait)
            {
                var asked = await AskAsync(keys, open, wait, results, cancellationToken).ConfigureAwait(false);
                open = asked.Pending;
                if (asked.Granted.Count > 0)
                {
                    makings.Add(MakeAsync(asked.Granted, results, cancellationToken));
                }
            }
        }
        finally
        {
            await Task.WhenAll(makings).ConfigureAwait(false);
        }

        return results;
    }

    private async Task<(int[] Pending, List<LoadedKey> Granted)> AskAsync(
        string[] keys, int[] open, TimeSpan wait, CacheEntry<T>[] results, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var batch = KeyBatch.Pack(Array.ConvertAll(open, place => keys[place]));
        var reply = batch.Keys.Count == 0 ? null : await LoadAsync(batch.Keys, wait, cancellationToken).ConfigureAwait(false);
        var states = batch.Spread(reply, StateOf, static error => (Outcome: CacheOutcome.Failed, Token: 0L, Entry: new CacheEntry<T>(error)));
        var pending = new List<int>();
        var granted = new List<LoadedKey>();
        for (var i = 0; i < open.Length; i++)
        {
            switch (states[i].Outcome)
            {
                case CacheOutcome.Granted:
                    granted.Add(new(open[i], keys[open[i]], states[i].Token));
                    break;
                case CacheOutcome.Pending or CacheOutcome.Missing:
                    pending.Add(open[i]);
                    break;
                default:
                    results[open[i]] = states[i].Entry;
                    break;
            }
        }

        return ([.. pending], granted);
    }

    private (CacheOutcome Outcome, long Token, CacheEntry<T> Entry) StateOf(CacheReply reply, int i) => reply.Outcomes[i] == CacheOutcome.Done
        ? (CacheOutcome.Done, 0, read(reply, i))
        : (reply.Outcomes[i], reply.Tokens![i], default);

    private async ValueTask<CacheReply> LoadAsync(PackedKeys keys, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.LoadAsync(keys, wait, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The answer that is not waited for may have given leases.
            _ = LeaveAsync(keys);
            throw;
        }
    }

    private async Task LeaveAsync(PackedKeys keys)
    {
        try
        {
            var reply = await calls.LoadAsync(keys, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
            var granted = Enumerable.Range(0, keys.Count).Where(i => reply.Outcomes[i] == CacheOutcome.Granted);
            await calls.ReleaseAsync([.. granted.Select(i => new LoadedKey(i, System.Text.Encoding.UTF8.GetString(keys[i]), reply.Tokens![i]))]).ConfigureAwait(false);
        }
        catch (CallUnansweredException)
        {
            // The leases end by themselves.
        }
    }

    private async Task MakeAsync(List<LoadedKey> keys, CacheEntry<T>[] results, CancellationToken cancellationToken)
    {
        using var made = new CancellationTokenSource();
        var renewing = RenewAsync(keys, made.Token);
        try
        {
            var entries = await CallFactoryAsync(keys, cancellationToken).ConfigureAwait(false);
            await ReportAsync(keys, entries, results).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await calls.ReleaseAsync(keys).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await made.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
        }
    }

    private async Task<CacheEntry<T>[]> CallFactoryAsync(List<LoadedKey> keys, CancellationToken cancellationToken)
    {
        try
        {
            var made = await factory([.. keys.Select(key => key.Key)], cancellationToken).ConfigureAwait(false);
            return [.. keys.Select(key => made.TryGetValue(key.Key, out var entry) && (entry.HasValue || entry.Error is not null) ? entry : new(LoadErrors.NotMade()))];
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var error = LoadErrors.Failed(exception);
            return [.. keys.Select(_ => new CacheEntry<T>(error))];
        }
    }

    private async Task ReportAsync(List<LoadedKey> keys, CacheEntry<T>[] entries, CacheEntry<T>[] results)
    {
        var good = new List<(LoadedKey Key, ReadOnlyMemory<byte> Value)>();
        var bad = new List<(LoadedKey Key, ItemError Error)>();
        for (var i = 0; i < keys.Count; i++)
        {
            results[keys[i].Place] = entries[i];
            if (TryWrite(ref results[keys[i].Place], out var value))
            {
                good.Add((keys[i], value));
            }
            else
            {
                bad.Add((keys[i], LoadErrors.Shorten(results[keys[i].Place].Error!)));
            }
        }

        var refused = calls.CompleteAsync([.. good.Select(pair => pair.Key)], [.. good.Select(pair => pair.Value)]);
        await calls.FailAsync([.. bad.Select(pair => pair.Key)], [.. bad.Select(pair => pair.Error)]).ConfigureAwait(false);
        foreach (var (i, error) in await refused.ConfigureAwait(false))
        {
            results[good[i].Key.Place] = new(error);
        }
    }

    private bool TryWrite(ref CacheEntry<T> entry, out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (!entry.HasValue)
        {
            return false;
        }

        try
        {
            value = serializer.Serialize(entry.Value);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            entry = new(SerializerErrors.Unwritable<T>(exception));
            return false;
        }
    }

    private async Task RenewAsync(List<LoadedKey> keys, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(RenewalPeriod, time);
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                await calls.RenewAsync(keys).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The values are made.
        }
    }
}
