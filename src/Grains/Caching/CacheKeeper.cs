using Armature.Caching.Tier;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Armature.Caching;

/// <summary>
/// What the cache of a silo does by itself: once a second it drops what has expired, lets loads go on elsewhere whose time is over, sweeps what barriers stop, and moves partitions to silos that have come; when
/// the silo stops, it moves all of them.
/// </summary>
internal sealed partial class CacheKeeper(
    CacheHoldings holdings,
    PartitionMover mover,
    CacheState state,
    BarrierSweep sweep,
    NamedCaches caches,
    ICacheSilos silos,
    TimeProvider time,
    ILogger<CacheKeeper> logger,
    SiloTier? tier = null)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilStranded = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, long> _evictedBefore = []; // Of each cache.
    private Task _keeping = Task.CompletedTask;
    private CacheStatistics _before;
    private LoadStatistics _loadsBefore;

    public void Participate(ISiloLifecycle observer) => observer.Subscribe(nameof(CacheKeeper), ServiceLifecycleStage.Active + 1, StartAsync, StopAsync);

    public void Dispose() => _stop.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        _keeping = Task.Run(() => KeepAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _keeping;
        try
        {
            await LeaveAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is left is cold where it comes up.
        }

        LogLeft(logger, holdings.Held.Count);
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        using var period = new PeriodicTimer(Period, time);
        try
        {
            while (await period.WaitForNextTickAsync(cancellationToken))
            {
                await KeepOnceAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task KeepOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var store in caches.Stores)
            {
                store.RemoveExpired();
            }

            var now = caches.Statistics;
            CachingInstruments.OnLookedAfter(now, _before, holdings.Held.Count, state.Barriers.Count);
            _before = now;
            foreach (var cache in caches.ByName)
            {
                CachingInstruments.OnLookedAfter(cache, cache.Evicted - _evictedBefore.GetValueOrDefault(cache.Name));
                _evictedBefore[cache.Name] = cache.Evicted;
            }

            var loads = state.Loads.Statistics;
            LoadInstruments.OnLookedAfter(loads, _loadsBefore);
            _loadsBefore = loads;
            state.Loads.HandOverExpired();
            state.Pauses.RemoveOver();
            sweep.Run();
            holdings.DropStranded(UntilStranded);
            if (await mover.MoveAsync(cancellationToken) is var moved and > 0)
            {
                LogMoved(logger, moved);
            }
        }
#pragma warning disable CA1031 // the next second tries again
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception);
        }
    }

    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        holdings.Leave();
        tier?.Witness.Close();
        await silos.TellLeavingAsync(cancellationToken);
        for (var moved = 1; moved > 0 && holdings.Held.Count > 0;)
        {
            moved = await mover.MoveAsync(cancellationToken);
            LogMoved(logger, moved);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Moved} partitions of the cache moved with their entries to other silos")]
    private static partial void LogMoved(ILogger logger, int moved);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cache of this silo stops; {Left} partitions stay with it and come up empty elsewhere")]
    private static partial void LogLeft(ILogger logger, int left);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Keeping the cache failed; it is tried again in a second")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
