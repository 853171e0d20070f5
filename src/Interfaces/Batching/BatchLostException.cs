namespace Armature.Batching;

/// <summary>The silo that coordinated the batch stopped, or could not be reached, and a batch that is not durable is lost with it.</summary>
[GenerateSerializer, Alias("armature.batching.batch-lost-exception")]
public sealed class BatchLostException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BatchLostException(string batchId, Exception? innerException)
        : base($"Batch {batchId} was lost with the silo that coordinated it. Items may have run in part. Submit the work again; with BatchOptions.Durable = true another silo goes on with it instead.", innerException) => BatchId = batchId;

    /// <summary>The batch that was lost.</summary>
    [Id(0)]
    public string BatchId { get; }
}
