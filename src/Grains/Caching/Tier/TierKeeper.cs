using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Armature.Caching.Tier;

/// <summary>What a silo does by itself for the tier: once a second it says who can tell of this silo, asks whether a tier that was away is there again, and brings it what it lacks.</summary>
internal sealed partial class TierKeeper(TimeProvider time, ILogger<TierKeeper> logger, SiloTier? tier = null) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _keeping = Task.CompletedTask;

    // Partitions are taken from the stage Active on, and given up before it.
    public void Participate(ISiloLifecycle observer)
    {
        if (tier is not null)
        {
            observer.Subscribe(nameof(TierKeeper), ServiceLifecycleStage.Active - 1, StartAsync, StopAsync);
        }
    }

    public void Dispose() => _stop.Dispose();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await tier!.BeginAsync(cancellationToken);
        _keeping = Task.Run(() => KeepAsync(_stop.Token), CancellationToken.None);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _keeping;
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        using var period = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await KeepOnceAsync(cancellationToken);
            }
            while (await period.WaitForNextTickAsync(cancellationToken));
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
            await tier!.KeepAsync(cancellationToken);
        }
#pragma warning disable CA1031 // the next second tries again
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Keeping what lies behind the cache failed; it is tried again in a second")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
