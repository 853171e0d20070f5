using Armature.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Armature.Batching;

/// <summary>
/// What a silo does with its batches when it stops, while it still counts as active: it sends back what it has not started,
/// and waits for the batches that it coordinates, for as long as the host allows.
/// </summary>
internal sealed partial class BatchDrain(Node node, BatchTable batches, ILogger<BatchDrain> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(BatchDrain), ServiceLifecycleStage.Active + 1, static _ => Task.CompletedTask, StopAsync);

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await batches.WaitUntilIdleAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogCutOff(logger);
        }

        node.Drain();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo stops before the batches it coordinates have ended")]
    private static partial void LogCutOff(ILogger logger);
}
