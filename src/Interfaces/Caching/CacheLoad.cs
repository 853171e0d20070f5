namespace Armature.Caching;

/// <summary>What a request about loads says besides its keys. Never changed once made.</summary>
[GenerateSerializer, Immutable, Alias("armature.caching.load")]
public sealed record CacheLoad
{
    /// <summary>How long an answer may be kept back until a key that others load has come: 2 seconds at most, so that it stays within the time of a call.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>For <see cref="CacheOperation.Load"/>: a number of the caller's own. Who asks again under it gets the lease that it has.</summary>
    [Id(0)] public long Asker { get; init; }

    /// <summary>For <see cref="CacheOperation.Load"/>: how long to wait for keys that others load when there is nothing else to answer, in milliseconds; at most <see cref="LongestWait"/>.</summary>
    [Id(1)] public int WaitMilliseconds { get; init; }

    /// <summary>For what comes after <see cref="CacheOperation.Load"/>: the token of each key's lease.</summary>
    [Id(2)] public long[]? Tokens { get; init; }

    /// <summary>For <see cref="CacheOperation.FailLoad"/>: why, for each key.</summary>
    [Id(3)] public ItemError[]? Errors { get; init; }

    /// <summary>For <see cref="CacheOperation.Load"/>: what to do with values that have expired and are kept.</summary>
    [Id(4)] public StaleUse Stale { get; init; }

    /// <summary>For <see cref="CacheOperation.Load"/>: the part of its time to live after which an entry is to be made anew while it is read on, between 0 and 1; 0 for none.</summary>
    [Id(5)] public double RefreshAhead { get; init; }

    /// <summary>For <see cref="CacheOperation.CompleteLoad"/>: seconds that the values are kept once they have expired.</summary>
    [Id(6)] public int StaleSeconds { get; init; }

    /// <summary>For <see cref="CacheOperation.CompleteLoad"/>: each value's time to live gets up to so many milliseconds more, at random.</summary>
    [Id(7)] public int JitterMilliseconds { get; init; }

    /// <summary>For <see cref="CacheOperation.FailLoad"/>, and <see cref="CacheOperation.CompleteLoad"/> with a value that is too large: milliseconds in which nobody is asked again to make a value that is kept.</summary>
    [Id(8)] public int PauseMilliseconds { get; init; }

    /// <summary>The same for some of the keys.</summary>
    /// <param name="places">The places of those keys.</param>
    public CacheLoad Select(int[] places) => this with
    {
        Tokens = Tokens is { } tokens ? Array.ConvertAll(places, place => tokens[place]) : null,
        Errors = Errors is { } errors ? Array.ConvertAll(places, place => errors[place]) : null,
    };
}
