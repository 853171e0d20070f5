using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text;
using System.Threading.Channels;
using Armature.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Armature.Batching;

/// <summary>
/// Finds durable batches that nobody coordinates, at the start of a silo, whenever one comes or goes, and now and then, and wakes
/// them. Each silo looks after its share of them. Also has those deleted whose results are no longer kept.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its token source has no timer, and is cancelled when the silo stops.")]
internal sealed partial class OpenBatches(
    BatchArchive archive,
    BatchTable table,
    ClusterNodes nodes,
    IGrainFactory grains,
    IOptions<ArmatureOptions> options,
    TimeProvider time,
    ILogger<OpenBatches> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(OpenBatches), ServiceLifecycleStage.Active + 2, StartAsync, StopAsync);

    /// <summary>The silo that looks after a batch: the one whose name and the batch's give the highest hash.</summary>
    internal static SiloAddress OwnerOf(string batchId, IEnumerable<SiloAddress> silos) =>
        silos.MaxBy(silo => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{batchId}@{silo}")))!;

    private Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(FollowMembershipAsync(_stop.Token), LookAsync(_stop.Token));
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task FollowMembershipAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in nodes.WatchAsync(cancellationToken))
        {
            _changes.Writer.TryWrite(true);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var most = options.Value.Batching.ResumeInterval;
        var afterFailure = AfterFailure;
        while (true)
        {
            var isDone = await TryWakeAllAsync(cancellationToken);
            using var interval = new CancellationTokenSource(isDone ? most : afterFailure, time);
            afterFailure = isDone ? AfterFailure : TimeSpan.FromTicks(Math.Min(2 * afterFailure.Ticks, most.Ticks));
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, interval.Token);
            try
            {
                await _changes.Reader.ReadAsync(pause.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // It is time to look again.
            }
        }
    }

    /// <summary>Wakes this silo's share of the batches; false when that did not go well and is to be tried again soon.</summary>
    internal async Task<bool> TryWakeAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            var failures = 0;
            await foreach (var batchId in archive.ListAsync(cancellationToken))
            {
                if (OwnerOf(batchId, nodes.Active.Append(nodes.Local)).Equals(nodes.Local) && !await TryWakeAsync(batchId, cancellationToken))
                {
                    failures++;
                }
            }

            return failures == 0;
        }
#pragma warning disable CA1031 // a store that fails now is asked again soon
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotListed(logger, exception);
            return false;
        }
    }

    private async Task<bool> TryWakeAsync(string batchId, CancellationToken cancellationToken)
    {
        try
        {
            if (table.Contains(batchId) || await IsKeptAsync(batchId, cancellationToken))
            {
                return true;
            }

            await grains.GetGrain<IBatchGrain>(batchId).WakeAsync(cancellationToken);
            return true;
        }
#pragma warning disable CA1031 // one batch that cannot go on now must not keep the others from it
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotWoken(logger, exception, batchId);
            return false;
        }
    }

    /// <summary>True for a batch that has ended and whose results are still kept. Read each time: its id may have been used again.</summary>
    private async Task<bool> IsKeptAsync(string batchId, CancellationToken cancellationToken) =>
        time.GetUtcNow() < await archive.ReadExpiryAsync(batchId, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The durable batches could not be listed; trying again")]
    private static partial void LogNotListed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {BatchId} could not be woken; trying again")]
    private static partial void LogNotWoken(ILogger logger, Exception exception, string batchId);
}
