namespace Armature.Caching;

// Reads with copies at hand.
public sealed partial class CacheClient<T>
{
    private async ValueTask<IReadOnlyList<CacheEntry<T>>> GetNearAsync(NearCache near, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        cancellationToken.ThrowIfCancellationRequested();
        var results = new CacheEntry<T>[keys.Count];
        var missing = ReadCopies(near, keys, results);
        if (missing is null)
        {
            return results;
        }

        var asked = missing.ConvertAll(place => keys[place]);
        var batch = KeyBatch.Pack(asked);
        var request = new CacheRequest { Cache = Name, Operation = CacheOperation.Get, Keys = batch.Keys, IncludesTtls = true };
        var keeping = near.BeginKeeping();
        var reply = await CallAsync(batch, request, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < batch.Keys.Count; i++)
        {
            if (reply.Outcomes[i] == CacheOutcome.Done)
            {
                keeping.Keep(asked[batch.PlaceOf(i)], batch.Keys[i], reply.Values![i], reply.Ttls![i]);
            }
        }

        var read = batch.Spread(reply, _readEntry, static error => new CacheEntry<T>(error));
        for (var i = 0; i < read.Length; i++)
        {
            results[missing[i]] = read[i];
        }

        return results;
    }

    /// <summary>Fills in what copies there are. Returns the places of the others; null when there are none.</summary>
    private List<int>? ReadCopies(NearCache near, IReadOnlyList<string> keys, CacheEntry<T>[] results)
    {
        var copies = near.Look();
        List<int>? missing = null;
        for (var i = 0; i < results.Length; i++)
        {
            if (copies.TryGet(keys[i], out var value))
            {
                results[i] = Read(value);
                continue;
            }

            (missing ??= []).Add(i);
        }

        NearCacheInstruments.OnRead(results.Length, missing?.Count ?? 0);
        return missing;
    }
}
