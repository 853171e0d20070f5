using Armature.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Armature.Storage;

/// <summary>
/// Deletes the payloads of batches that nobody deleted, since their coordinator, which does it otherwise, died; and the bundles of sites that
/// nobody has rendered for long. Every silo does it; one that comes second finds less.
/// </summary>
internal sealed partial class BlobPruner(IBlobStore store, IOptions<ArmatureOptions> options, TimeProvider time, ILogger<BlobPruner> logger)
    : BackgroundService
{
    private readonly StorageOptions _options = options.Value.Storage;

    /// <summary>Deletes what is too old, up to the limit of a round.</summary>
    /// <returns>How many blobs were deleted.</returns>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var pruned = await PruneAsync("batches/", _options.BatchPayloadRetention, _options.MaxPrunedPerRound, cancellationToken);
        return pruned + await PruneAsync("sites/", _options.SiteRetention, _options.MaxPrunedPerRound - pruned, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.PruneInterval, time);
        do
        {
            await PruneRoundAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> PruneAsync(string prefix, TimeSpan retention, int most, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - retention;
        var pruned = 0;
        await foreach (var blob in store.ListAsync(prefix, cancellationToken))
        {
            if (pruned == most)
            {
                break;
            }

            if (blob.WrittenAt < before && await store.DeleteAsync(blob.Name, cancellationToken))
            {
                pruned++;
            }
        }

        return pruned;
    }

    private async Task PruneRoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pruned = await PruneAsync(cancellationToken);
            if (pruned > 0)
            {
                LogPruned(logger, pruned);
            }
        }
#pragma warning disable CA1031 // a store that fails now is tried again in the next round
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception, store.Location, _options.PruneInterval);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Pruned {Count} old payloads of batches and bundles of sites")]
    private static partial void LogPruned(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old blobs in {Location} could not be pruned; trying again in {Interval}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string location, TimeSpan interval);
}
