using Armature.Clustering;

namespace Armature.Caching;

/// <summary>The calls of one caller about its loads.</summary>
internal sealed class LoadCalls(string cache, ICacheRoute route, CacheLoadOptions options)
{
    // Who asks again after an answer that was lost gets the leases that the answer gave.
    private readonly long _asker = Random.Shared.NextInt64(1, long.MaxValue);
    private readonly string[]? _tags = TagText.ToArray(options);
    private readonly CacheExpiry[]? _expiries = options.Ttl is { } given ? [given] : null;

    private int Pause => (int)options.RetryAfter.TotalMilliseconds;

    public ValueTask<CacheReply> LoadAsync(PackedKeys keys, TimeSpan wait, StaleUse stale, CancellationToken cancellationToken) => route.CallAsync(
        new()
        {
            Cache = cache,
            Operation = CacheOperation.Load,
            Keys = keys,
            Tags = _tags,
            Expiries = options.RefreshAhead is null ? null : _expiries,
            Load = new() { Asker = _asker, WaitMilliseconds = (int)wait.TotalMilliseconds, Stale = stale, RefreshAhead = options.RefreshAhead ?? 0 },
        },
        cancellationToken);

    /// <summary>Gives values to the cache, and to those who wait.</summary>
    /// <returns>The errors of those that the cache did not take, by their place here.</returns>
    public async Task<Dictionary<int, ItemError>> CompleteAsync(IReadOnlyList<LoadedKey> keys, ReadOnlyMemory<byte>[] values)
    {
        var load = new CacheLoad
        {
            StaleSeconds = options.StaleFor is { } kept ? (int)Math.Ceiling(kept.TotalSeconds) : 0,
            JitterMilliseconds = (int)options.Jitter.TotalMilliseconds,
            PauseMilliseconds = Pause,
        };
        return (await ReportAsync(CacheOperation.CompleteLoad, keys, load, new(values)).ConfigureAwait(false))?.Errors ?? [];
    }

    /// <summary>Says why there is no value, to those who wait.</summary>
    /// <returns>The places of those keys that the caller was not the one to make any more.</returns>
    public async Task<HashSet<int>> FailAsync(IReadOnlyList<LoadedKey> keys, ItemError[] errors)
    {
        var load = new CacheLoad { Errors = errors, PauseMilliseconds = Pause };
        var reply = await ReportAsync(CacheOperation.FailLoad, keys, load).ConfigureAwait(false);
        return reply is null ? [] : [.. Enumerable.Range(0, keys.Count).Where(i => reply.Outcomes[i] == CacheOutcome.Missing)];
    }

    public Task ReleaseAsync(IReadOnlyList<LoadedKey> keys) => ReportAsync(CacheOperation.ReleaseLoad, keys, new());

    public Task RenewAsync(IReadOnlyList<LoadedKey> keys) => ReportAsync(CacheOperation.RenewLoad, keys, new());

    // The caller has its values, whether the cache learns of them or not: then the leases end by themselves.
    private async Task<CacheReply?> ReportAsync(CacheOperation operation, IReadOnlyList<LoadedKey> keys, CacheLoad load, PackedValues? values = null)
    {
        if (keys.Count == 0)
        {
            return null;
        }

        var request = new CacheRequest
        {
            Cache = cache,
            Operation = operation,
            Keys = KeyBatch.Pack([.. keys.Select(key => key.Key)]).Keys,
            Values = values,
            Expiries = operation == CacheOperation.CompleteLoad ? _expiries : null,
            Load = load with { Tokens = [.. keys.Select(key => key.Token)] },
        };
        try
        {
            return await route.CallAsync(request, CancellationToken.None).ConfigureAwait(false);
        }
        catch (CallUnansweredException)
        {
            return null;
        }
    }
}
