using Armature.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Armature.Storage;

/// <summary>
/// Deletes the payloads of batches that nobody deleted: their coordinator, which does it otherwise, died. Every silo does it;
/// one that comes second finds less.
/// </summary>
internal sealed partial class BlobPruner(IBlobStore store, IOptions<ArmatureOptions> options, TimeProvider time, ILogger<BlobPruner> logger)
    : BackgroundService
{
    private const string Prefix = "batches/";

    private readonly StorageOptions _options = options.Value.Storage;

    /// <summary>Deletes what is too old, up to the limit of a round.</summary>
    /// <returns>How many blobs were deleted.</returns>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - _options.BatchPayloadRetention;
        var pruned = 0;
        await foreach (var blob in store.ListAsync(Prefix, cancellationToken))
        {
            if (blob.WrittenAt >= before || !await store.DeleteAsync(blob.Name, cancellationToken))
            {
                continue;
            }

            if (++pruned == _options.MaxPrunedPerRound)
            {
                break;
            }
        }

        return pruned;
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

    private async Task PruneRoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pruned = await PruneAsync(cancellationToken);
            if (pruned > 0)
            {
                LogPruned(logger, pruned, _options.BatchPayloadRetention);
            }
        }
#pragma warning disable CA1031 // a store that fails now is tried again in the next round
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception, store.Location, _options.PruneInterval);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Pruned {Count} payloads of batches that were older than {Retention}")]
    private static partial void LogPruned(ILogger logger, int count, TimeSpan retention);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old payloads in {Location} could not be pruned; trying again in {Interval}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string location, TimeSpan interval);
}
