using System.Collections.Concurrent;

namespace Armature.Caching;

/// <summary>
/// Which doors lead straight to the silos that have the partitions, as this process finds out while it makes calls. Until it has, and
/// for silos that no door leads to, any door will do. Thread-safe.
/// </summary>
/// <param name="door">The door of a number.</param>
/// <param name="time">The clock of how long a map is used.</param>
internal sealed class DoorMap(Func<long, ICacheDoorGrain> door, TimeProvider time)
{
    /// <summary>
    /// Numbers that are tried at a time, until there is one for every silo. Orleans sends calls to a grain through one gateway as long
    /// as that lives, so that a number leads to the same silo until then; a silo that comes is met by numbers that were not used before.
    /// </summary>
    private const int TriedAtOnce = 16;

    private const int MostTried = 1_024;

    // Partitions move when silos come and go. A silo that has not got what it is asked for any more knows who has.
    private static readonly TimeSpan LongestUse = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, SiloAddress> _silos = new();
    private readonly Lock _lock = new();
    private volatile DoorTargets? _current;

    // Guarded by _lock.
    private bool _isLooking;
    private long? _lookedAt;
    private int _tried;
    private bool _isComplete;
    private long[] _known = [];

    /// <summary>What is known; null when nothing is. When that is old, it is found out anew meanwhile.</summary>
    public DoorTargets? Find()
    {
        if (TryBegin())
        {
            _ = LookAsync();
        }

        return _current;
    }

    /// <summary>The silo of a door, as it was found last; asks for it when it was not.</summary>
    public async ValueTask<SiloAddress> FindSiloAsync(long number, CancellationToken cancellationToken)
    {
        if (_silos.TryGetValue(number, out var known))
        {
            return known;
        }

        var map = await door(number).LocateAsync(cancellationToken).ConfigureAwait(false);
        return _silos[number] = map.Silo;
    }

    /// <summary>A door did not answer, or leads elsewhere now: the next call begins a new map.</summary>
    public void Forget()
    {
        _current = null;
        _silos.Clear();
        lock (_lock)
        {
            _lookedAt = null;
        }
    }

    private bool TryBegin()
    {
        lock (_lock)
        {
            if (_isLooking || (_lookedAt is { } at && time.GetElapsedTime(at) < LongestUse))
            {
                return false;
            }

            _isLooking = true;
            _lookedAt = time.GetTimestamp();
            return true;
        }
    }

    private async Task LookAsync()
    {
        var numbers = NextNumbers();
        var maps = await Task.WhenAll(numbers.Select(TryAskAsync)).ConfigureAwait(false);
        var map = maps.LastOrDefault(map => map is not null);
        var doors = numbers.Zip(maps).Where(pair => pair.Second is not null).ToLookup(pair => pair.Second!.Silo, pair => pair.First);
        lock (_lock)
        {
            _isLooking = false;
            _isComplete = map is not null && map.Silos.All(doors.Contains);
            _known = [.. doors.SelectMany(silo => silo.Take(DoorTargets.DoorsOfASilo))];
        }

        _current = map is null || map.Silos.Length == 1 ? null : DoorTargets.Make(map, doors);
    }

    private long[] NextNumbers()
    {
        lock (_lock)
        {
            var first = _tried;
            _tried = _isComplete ? first : Math.Min(MostTried, first + TriedAtOnce);
            return [.. _known, .. Enumerable.Range(first, _tried - first)];
        }
    }

    private async Task<CacheMap?> TryAskAsync(long number)
    {
        try
        {
            var map = await door(number).LocateAsync(CancellationToken.None).ConfigureAwait(false);
            _silos[number] = map.Silo;
            return map;
        }
#pragma warning disable CA1031 // without it calls take one hop more, and what is wrong they meet themselves
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
