namespace Armature.Caching;

/// <summary>A part of a request that fits into one message to one silo.</summary>
/// <param name="Request">The part.</param>
/// <param name="Places">Where its keys have their places in the whole.</param>
internal readonly record struct CachePage(CacheRequest Request, int[] Places)
{
    // What a key costs besides its own bytes: ends, version, outcome.
    private const int KeyOverhead = 24;

    /// <summary>Cuts the next page off.</summary>
    /// <param name="whole">The request.</param>
    /// <param name="places">The keys that are asked for.</param>
    public static CachePage Cut(CacheRequest whole, ReadOnlySpan<int> places)
    {
        var count = Fitting(whole, places);
        var chosen = places[..count].ToArray();
        return new(whole.Select(chosen), chosen);
    }

    private static int Fitting(CacheRequest whole, ReadOnlySpan<int> places)
    {
        var bytes = 0L;
        for (var i = 0; i < places.Length; i++)
        {
            bytes += whole.Keys[places[i]].Length + (whole.Values?[places[i]].Length ?? 0) + KeyOverhead;
            if (i > 0 && bytes > CacheLimits.MaxPageBytes)
            {
                return i;
            }
        }

        return places.Length;
    }
}
