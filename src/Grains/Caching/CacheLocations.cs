namespace Armature.Caching;

/// <summary>
/// Where partitions are, as far as this silo knows: what their grains said, or else their owners by the membership. A partition that
/// turned out not to be there is located again. Thread-safe.
/// </summary>
internal sealed class CacheLocations(ICacheSilos silos)
{
    private readonly SiloAddress?[] _located = new SiloAddress?[CacheLimits.Partitions];
    private readonly Task?[] _locating = new Task?[CacheLimits.Partitions];
    private readonly Lock _lock = new();

    /// <summary>The silo to ask, of those that are active.</summary>
    public SiloAddress Guess(int partition, IReadOnlyList<SiloAddress> active)
    {
        if (Volatile.Read(ref _located[partition]) is { } located && active.Contains(located))
        {
            return located;
        }

        return active.Count == 0 ? silos.Local : CacheOwners.Find(partition, active);
    }

    /// <summary>Asks a partition's grain where it is, once for all who want to know.</summary>
    public Task LocateAsync(int partition, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var locating = _locating[partition];
            if (locating is null or { IsCompleted: true })
            {
                _locating[partition] = locating = AskAsync(partition);
            }

            return locating.WaitAsync(cancellationToken);
        }
    }

    private async Task AskAsync(int partition)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Volatile.Write(ref _located[partition], await silos.LocateAsync(partition, CancellationToken.None));
    }
}
