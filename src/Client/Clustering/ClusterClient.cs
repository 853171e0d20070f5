using Armature.Caching;

namespace Armature.Clustering;

/// <summary>What there is of the cluster itself. Thread-safe.</summary>
public sealed class ClusterClient
{
    private readonly IGrainFactory _grains;
    private readonly CallRetry _retry;

    /// <summary>Creates the client; done by the container.</summary>
    public ClusterClient(IGrainFactory grains, TimeProvider time)
    {
        _grains = grains;
        _retry = new(time);
    }

    /// <summary>The silos that are not dead, in the order of their addresses, with what they are and what they have to do.</summary>
    /// <exception cref="CallUnansweredException">No silo answered.</exception>
    public async Task<IReadOnlyList<SiloDescription>> ListSilosAsync(CancellationToken cancellationToken = default) =>
        await _retry.CallAsync(_grains.GetGrain<IClusterDoorGrain>(0).ListSilosAsync, cancellationToken).ConfigureAwait(false);

    /// <summary>What the silos hold in their caches, and what became of it since they started: those that answer in time, in the order of their addresses.</summary>
    /// <exception cref="CallUnansweredException">No silo answered.</exception>
    public async Task<IReadOnlyList<CacheSiloStatistics>> ListCacheStatisticsAsync(CancellationToken cancellationToken = default) =>
        await _retry.CallAsync(_grains.GetGrain<ICacheDoorGrain>(0).GetStatisticsAsync, cancellationToken).ConfigureAwait(false);
}
