using System.Collections.Immutable;

namespace Armature.Caching;

/// <summary>Tells what was changed in the caches of a cluster. Taken from the container: a silo registers the short way.</summary>
public interface ICacheFeed
{
    /// <summary>Asks all silos.</summary>
    /// <param name="since">Where each silo was the last time; one that is missing says that anything may have changed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What those say that have answered.</returns>
    Task<ImmutableArray<CacheChanges>> ReadAsync(ImmutableDictionary<SiloAddress, long> since, CancellationToken cancellationToken);
}
