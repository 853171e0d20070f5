using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Armature.Batching;

/// <summary>Publishes the beginning and the end of batches on their streams. Best effort: a batch never waits for it.</summary>
internal sealed partial class BatchLifecyclePublisher(IServiceProvider services, ILogger<BatchLifecyclePublisher> logger)
{
    private readonly Lazy<IStreamProvider?> _streams = new(() => services.GetKeyedService<IStreamProvider>(BatchStreams.Provider));

    public void Publish(string batchId, BatchEventKind kind, BatchStatus status)
    {
        if (_streams.Value is { } streams)
        {
            _ = PublishAsync(streams, new BatchLifecycleEvent(batchId, kind, status));
        }
    }

    private async Task PublishAsync(IStreamProvider streams, BatchLifecycleEvent lifecycleEvent)
    {
        try
        {
            await streams.GetStream<BatchLifecycleEvent>(StreamId.Create(BatchStreams.Namespace, lifecycleEvent.BatchId)).OnNextAsync(lifecycleEvent);
        }
#pragma warning disable CA1031 // best effort by contract
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotPublished(logger, exception, lifecycleEvent.Kind, lifecycleEvent.BatchId);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The event {Kind} of batch {BatchId} was not published")]
    private static partial void LogNotPublished(ILogger logger, Exception exception, BatchEventKind kind, string batchId);
}
