using Armature.Clustering;

namespace Armature.Caching;

/// <summary>The calls of one caller about its loads.</summary>
internal sealed class LoadCalls(string cache, ICacheRoute route, string[]? tags, CacheExpiry? expiry)
{
    // Who asks again after an answer that was lost gets the leases that the answer gave.
    private readonly long _asker = Random.Shared.NextInt64(1, long.MaxValue);

    public ValueTask<CacheReply> LoadAsync(PackedKeys keys, TimeSpan wait, CancellationToken cancellationToken) => route.CallAsync(
        new()
        {
            Cache = cache,
            Operation = CacheOperation.Load,
            Keys = keys,
            Tags = tags,
            Load = new() { Asker = _asker, WaitMilliseconds = (int)wait.TotalMilliseconds },
        },
        cancellationToken);

    /// <summary>Gives values to the cache, and to those who wait.</summary>
    /// <returns>The errors of those that the cache did not take, by their place here.</returns>
    public Task<Dictionary<int, ItemError>> CompleteAsync(IReadOnlyList<LoadedKey> keys, ReadOnlyMemory<byte>[] values) =>
        ReportAsync(CacheOperation.CompleteLoad, keys, new(values), null);

    /// <summary>Says why there is no value, to those who wait.</summary>
    public Task FailAsync(IReadOnlyList<LoadedKey> keys, ItemError[] errors) => ReportAsync(CacheOperation.FailLoad, keys, null, errors);

    public Task ReleaseAsync(IReadOnlyList<LoadedKey> keys) => ReportAsync(CacheOperation.ReleaseLoad, keys, null, null);

    public Task RenewAsync(IReadOnlyList<LoadedKey> keys) => ReportAsync(CacheOperation.RenewLoad, keys, null, null);

    // The caller has its values, whether the cache learns of them or not: then the leases end by themselves.
    private async Task<Dictionary<int, ItemError>> ReportAsync(CacheOperation operation, IReadOnlyList<LoadedKey> keys, PackedValues? values, ItemError[]? errors)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var request = new CacheRequest
        {
            Cache = cache,
            Operation = operation,
            Keys = KeyBatch.Pack([.. keys.Select(key => key.Key)]).Keys,
            Values = values,
            Expiries = operation == CacheOperation.CompleteLoad && expiry is { } given ? [given] : null,
            Load = new() { Tokens = [.. keys.Select(key => key.Token)], Errors = errors },
        };
        try
        {
            return (await route.CallAsync(request, CancellationToken.None).ConfigureAwait(false)).Errors ?? [];
        }
        catch (CallUnansweredException)
        {
            return [];
        }
    }
}
