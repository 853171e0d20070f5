using System.Text;

namespace Armature.Caching;

/// <summary>One call that reads values and makes those that are missing. Used once.</summary>
internal sealed class CacheLoader<T>(
    LoadCalls calls,
    LoadPatience patience,
    Func<CacheMaking<T>> begin,
    Func<ReadOnlyMemory<byte>, CacheEntry<T>> read,
    TimeProvider time)
{
    private readonly List<CacheMaking<T>> _makings = [];

    public async Task<CacheEntry<T>[]> RunAsync(string[] keys, CancellationToken cancellationToken)
    {
        var results = new CacheEntry<T>[keys.Length];

        // What is not made when the call ends goes on without the caller.
        using var factories = new DetachableToken(cancellationToken);
        try
        {
            for (int[] open = [.. Enumerable.Range(0, keys.Length)]; open.Length > 0;)
            {
                open = await AskAsync(keys, open, results, factories.Token, cancellationToken).ConfigureAwait(false);
            }

            await WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await Task.WhenAll(_makings.Select(making => making.Made)).ConfigureAwait(false);
            throw;
        }

        foreach (var making in _makings)
        {
            await making.CopyToAsync(results).ConfigureAwait(false);
        }

        return results;
    }

    private async Task<int[]> AskAsync(string[] keys, int[] open, CacheEntry<T>[] results, CancellationToken factories, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var batch = KeyBatch.Pack(Array.ConvertAll(open, place => keys[place]));
        var reply = batch.Keys.Count == 0 ? KeyBatch.NoReply : await LoadAsync(batch.Keys, cancellationToken).ConfigureAwait(false);
        var states = batch.Spread(reply, StateOf, static error => new AskedKey(CacheOutcome.Failed, 0, new(error)));
        var pending = new List<int>();
        var (granted, ahead) = (begin(), begin());
        for (var i = 0; i < open.Length; i++)
        {
            var (outcome, token, entry) = states[i];
            switch (outcome)
            {
                case CacheOutcome.Granted or CacheOutcome.GrantedOverStale:
                    granted.Add(new(open[i], keys[open[i]], token), entry);
                    continue;
                case CacheOutcome.Pending or CacheOutcome.Missing:
                    pending.Add(open[i]);
                    continue;
            }

            results[open[i]] = entry;
            if (token != 0)
            {
                ahead.Add(new(open[i], keys[open[i]], token), default);
            }
        }

        Begin(granted, ahead, factories);
        return [.. pending];
    }

    private void Begin(CacheMaking<T> granted, CacheMaking<T> ahead, CancellationToken factories)
    {
        if (!granted.IsEmpty)
        {
            granted.Begin(factories);
            _makings.Add(granted);
        }

        if (!ahead.IsEmpty)
        {
            // Nobody waits for it: the caller has its values.
            ahead.Begin(CancellationToken.None);
        }
    }

    private AskedKey StateOf(CacheReply reply, int i) => reply.Outcomes[i] switch
    {
        CacheOutcome.Done => new(CacheOutcome.Done, reply.Tokens![i], read(reply.Values![i])),
        CacheOutcome.Stale => new(CacheOutcome.Stale, 0, read(reply.Values![i]).AsStale()),
        CacheOutcome.Granted => new(CacheOutcome.Granted, reply.Tokens![i], default),
        CacheOutcome.GrantedOverStale => new(CacheOutcome.Granted, reply.Tokens![i], read(reply.Values![i])),
        var other => new(other, 0, default),
    };

    private async ValueTask<CacheReply> LoadAsync(PackedKeys keys, CancellationToken cancellationToken)
    {
        var (wait, stale) = patience.Next();
        try
        {
            return await calls.LoadAsync(keys, wait, stale, cancellationToken).ConfigureAwait(false);
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
            var reply = await calls.LoadAsync(keys, TimeSpan.Zero, StaleUse.None, CancellationToken.None).ConfigureAwait(false);
            var granted = Enumerable.Range(0, keys.Count).Where(i => reply.Tokens![i] != 0);
            await calls.ReleaseAsync([.. granted.Select(i => new LoadedKey(i, Encoding.UTF8.GetString(keys[i]), reply.Tokens![i]))]).ConfigureAwait(false);
        }
        catch (CallUnansweredException)
        {
            // The leases end by themselves.
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_makings.Where(making => !making.CanBeLeft).Select(making => making.Made)).ConfigureAwait(false);
        var left = patience.Left;
        var all = Task.WhenAll(_makings.Select(making => making.Made));
        if (left == Timeout.InfiniteTimeSpan)
        {
            await all.ConfigureAwait(false);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(all, Task.Delay(left, time, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private readonly record struct AskedKey(CacheOutcome Outcome, long Token, CacheEntry<T> Entry);
}
