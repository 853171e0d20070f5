using Armature.Caching.Tier;

namespace Armature.Caching;

/// <summary>What those who load keys report: a value, an error, that they give up, or that they go on.</summary>
internal readonly struct LoadReports(LoadLeases leases, NamedCache cache, CacheRequest request, TierCall? tier)
{
    public void DealWith(int place, StoreKey key, Expiry expiry, CacheAnswer answer)
    {
        var token = request.Load!.Tokens![place];
        if (request.Operation == CacheOperation.CompleteLoad && request.Values![place].Length > cache.MaxValueBytes)
        {
            var error = CacheErrors.ValueTooLarge(request.Values[place].Length, cache.MaxValueBytes);
            leases.TryFail(key.Bytes, token, error);
            answer.Fail(place, error);
            return;
        }

        var isHeld = request.Operation switch
        {
            CacheOperation.CompleteLoad => TryComplete(place, key.Bytes.ToArray(), token, expiry),
            CacheOperation.FailLoad => leases.TryFail(key.Bytes, token, request.Load.Errors![place]),
            CacheOperation.ReleaseLoad => leases.TryRelease(key.Bytes, token),
            _ => leases.TryRenew(key.Bytes, token),
        };
        answer.Settle(place, isHeld ? CacheOutcome.Done : CacheOutcome.Missing);
    }

    private bool TryComplete(int place, byte[] key, long token, Expiry expiry)
    {
        var store = cache.Store;
        var target = tier;
        var value = request.Values![place];
        return leases.TryComplete(key, token, (version, tags) =>
        {
            var last = version - 1;
            _ = target?.Set(key, value, tags, ref last, expiry, store.Now) ?? store.Set(key, value.Span, tags, ref last, expiry, store.Now);

            // What waits gets the store's bytes: those of the request are the loader's, who may change them.
            return store.TryPeek(key, store.Now, out var written) ? written : new(value.ToArray(), version, CacheTime.Never, TagsLength: 0);
        });
    }
}
