using Armature.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Armature.Batching;

/// <summary>
/// What a silo does with its batches when it stops, while it still counts as active: it waits for those that would die with it, lets
/// other silos go on with the durable ones, sends back what it has not started, and at last what still runs. Each has its part of the
/// shutdown budget.
/// </summary>
internal sealed partial class BatchDrain(Node node, BatchTable batches, IOptions<ArmatureOptions> options, ILogger<BatchDrain> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    private TimeSpan Budget => options.Value.Cluster.ShutdownBudget;

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(BatchDrain), ServiceLifecycleStage.Active + 1, static _ => Task.CompletedTask, StopAsync);

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        using var last = Limit(Budget * 5 / 6, cancellationToken);
        using (var first = Limit(Budget * 2 / 3, cancellationToken))
        {
            await WaitForPlainAsync(first.Token);
        }

        await HandOverAsync(cancellationToken);
        await node.StopAsync(last.Token);
    }

    private static CancellationTokenSource Limit(TimeSpan most, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(most);
        return limit;
    }

    private async Task WaitForPlainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await batches.WaitUntilIdleAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            foreach (var open in batches.List().Where(batch => batch is { State: BatchState.Running, IsDurable: false }))
            {
                LogCutOff(logger, open.Id, open.Handler, open.Total - open.Done, open.Total);
            }
        }
    }

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        try
        {
            await batches.HandOverAsync(Budget / 6).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogNotHandedOver(logger);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo stops before batch {BatchId} of {Handler} has ended: {Open} of its {Total} items are open, and its caller is told that it failed")]
    private static partial void LogCutOff(ILogger logger, string batchId, string handler, int open, int total);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo stops before its durable batches were handed over; they go on from their records")]
    private static partial void LogNotHandedOver(ILogger logger);
}
