namespace Armature.Batching;

/// <summary>
/// A durable batch is passing from one silo to another, or its silo cannot record just now. Nothing is lost: call again in a moment.
/// The client does so by itself.
/// </summary>
[GenerateSerializer, Alias("armature.batching.batch-handover-exception")]
public sealed class BatchHandoverException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BatchHandoverException(string batchId, Exception? innerException = null)
        : base($"Batch {batchId} is passing from one silo to another. Nothing is lost; call again in a moment.", innerException) => BatchId = batchId;

    /// <summary>The batch.</summary>
    [Id(0)]
    public string BatchId { get; }
}
