using Armature.Caching.Tier;

namespace Armature.Caching;

/// <summary>What those who load keys report: a value, an error, that they give up, or that they go on.</summary>
internal readonly struct LoadReports(CacheState state, NamedCache cache, CacheRequest request, TierCall? tier)
{
    public void DealWith(int place, StoreKey key, Expiry expiry, CacheAnswer answer)
    {
        var token = request.Load!.Tokens![place];
        if (request.Operation == CacheOperation.CompleteLoad && request.Values![place].Length > cache.MaxValueBytes)
        {
            var error = CacheErrors.ValueTooLarge(request.Values[place].Length, cache.MaxValueBytes);
            TryFail(key, token, error);
            answer.Fail(place, error);
            return;
        }

        var isHeld = request.Operation switch
        {
            CacheOperation.CompleteLoad => TryComplete(place, key.Bytes.ToArray(), token, Extend(expiry)),
            CacheOperation.FailLoad => TryFail(key, token, request.Load.Errors![place]),
            CacheOperation.ReleaseLoad => state.Loads.TryRelease(key.Bytes, token),
            _ => state.Loads.TryRenew(key.Bytes, token),
        };
        answer.Settle(place, isHeld ? CacheOutcome.Done : CacheOutcome.Missing);
    }

    private Expiry Extend(Expiry expiry) => expiry.Milliseconds == CacheTime.Never
        ? expiry
        : expiry with
        {
            Milliseconds = CacheTime.After(expiry.Milliseconds, Random.Shared.NextInt64(request.Load!.JitterMilliseconds + 1L)),
            StaleSeconds = request.Load.StaleSeconds,
        };

    // First the pause: when the lease has gone, somebody may ask.
    private bool TryFail(StoreKey key, long token, ItemError error)
    {
        var pause = request.Load!.PauseMilliseconds;
        if (pause > 0 && cache.Store.TryPeekKept(key, cache.Store.Now, out var kept) && state.Loads.IsHeld(key.Bytes, token))
        {
            state.Pauses.Add(key.Bytes, kept.Version, pause);
        }

        return state.Loads.TryFail(key.Bytes, token, error);
    }

    private bool TryComplete(int place, byte[] key, long token, Expiry expiry)
    {
        var (store, number, target) = (cache.Store, cache.Number, tier);
        var value = request.Values![place];
        return state.Loads.TryComplete(key, token, (version, tags) =>
        {
            var last = version - 1;
            _ = target?.Set(key, value, tags, ref last, expiry, store.Now) ?? store.Set(number, key, value.Span, tags, ref last, expiry, store.Now);

            // What waits gets the store's bytes: those of the request are the loader's, who may change them.
            return store.TryPeek(key, store.Now, out var written) ? written : new(value.ToArray(), version, CacheTime.Never, TagsLength: 0);
        });
    }
}
