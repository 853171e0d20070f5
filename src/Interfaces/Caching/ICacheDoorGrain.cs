using System.Collections.Immutable;

namespace Armature.Caching;

/// <summary>The cache as processes outside the cluster reach it: a stateless worker on the silo of the caller's gateway. Key: any number; doors of other numbers may be behind other gateways.</summary>
[Alias("armature.caching.door")]
public interface ICacheDoorGrain : IGrainWithIntegerKey
{
    /// <summary>Does what is asked for on the silos that hold the keys, and puts their answers together. A page of keys and values comes to at most 4 MiB, and so does the answer: what did not fit has <see cref="CacheOutcome.NotHeld"/> and is asked for again.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="silo">The silo of the door that it is meant for; null for any. Elsewhere nothing is done: a silo that was frozen, and is dead for the others, passes on what waited in it, and a write would come late, over newer ones.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    [Alias("call"), ResponseTimeout("00:00:10")]
    Task<CacheReply> CallAsync(CacheRequest request, SiloAddress? silo, CancellationToken cancellationToken);

    /// <inheritdoc cref="ICacheFeed.ReadAsync"/>
    [Alias("changes"), ResponseTimeout("00:00:02")]
    Task<ImmutableArray<CacheChanges>> ReadChangesAsync(ImmutableDictionary<SiloAddress, long> since, CancellationToken cancellationToken);

    /// <summary>Where this door is, and where partitions are: who asks a silo for what it has itself saves a hop.</summary>
    [Alias("locate"), ResponseTimeout("00:00:02")]
    Task<CacheMap> LocateAsync(CancellationToken cancellationToken);

    /// <summary>The cache on each silo that answers in time, in the order of their addresses.</summary>
    [Alias("get-statistics"), ResponseTimeout("00:00:10")]
    Task<ImmutableArray<CacheSiloStatistics>> GetStatisticsAsync(CancellationToken cancellationToken);
}
