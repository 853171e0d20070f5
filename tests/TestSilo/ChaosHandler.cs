using Armature.Batching;

namespace Armature.TestSilo;

/// <summary>Takes its time, says when it starts and ends, and answers with an envelope.</summary>
public sealed class ChaosHandler(WorkLog log, TimeProvider time) : IBatchHandler<ChaosItem, Envelope>
{
    public const string Name = "chaos";

    /// <summary>Items at a time on one silo.</summary>
    public const int Slots = 4;

    public async ValueTask<Envelope> HandleAsync(ChaosItem item, BatchItemContext context, CancellationToken cancellationToken)
    {
        log.Write(WorkLog.Start, context);
        try
        {
            if (item.IsPoison)
            {
                Environment.FailFast($"Item {context.Index} of batch {context.BatchId} is poison.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(item.Milliseconds), time, cancellationToken);
            return new(context.BatchId, context.Index, context.Attempt, Environment.ProcessId);
        }
        finally
        {
            log.Write(WorkLog.End, context);
        }
    }
}
