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
    private PartitionGuesses? _last;
    private int _learned;

    /// <summary>The silo to ask for each partition, of those that are active.</summary>
    public PartitionGuesses Guess()
    {
        var active = silos.Active;
        var learned = Volatile.Read(ref _learned);
        if (Volatile.Read(ref _last) is { } last && last.Active == active && last.Learned == learned)
        {
            return last;
        }

        // One that is made while more is learned has an older number, and serves this caller alone.
        var guesses = PartitionGuesses.Make(active, silos.Local, _located, learned);
        Volatile.Write(ref _last, guesses);
        return guesses;
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
        _located[partition] = await silos.LocateAsync(partition, CancellationToken.None);
        Interlocked.Increment(ref _learned);
    }
}
