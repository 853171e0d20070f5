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

    /// <summary>The same for some of the keys.</summary>
    /// <param name="places">The places of those keys.</param>
    public CacheLoad Select(int[] places) => this with
    {
        Tokens = Tokens is { } tokens ? Array.ConvertAll(places, place => tokens[place]) : null,
        Errors = Errors is { } errors ? Array.ConvertAll(places, place => errors[place]) : null,
    };
}
