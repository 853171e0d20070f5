namespace Armature.Batching;

/// <summary>
/// The silo that coordinated the batch stopped, or could not be reached, and a batch that is not durable is lost with it. A durable one
/// is lost when its records are gone.
/// </summary>
[GenerateSerializer, Alias("armature.batching.batch-lost-exception")]
public sealed class BatchLostException : ArmatureException
{
    /// <summary>Creates the exception for a batch that was not durable.</summary>
    public BatchLostException(string batchId, Exception? innerException)
        : this(
            batchId,
            $"Batch {batchId} was lost with the silo that coordinated it. Items may have run in part. Submit the work again; with BatchOptions.Durable = true another silo goes on with it instead.",
            innerException)
    {
    }

    private BatchLostException(string batchId, string message, Exception? innerException)
        : base(message, innerException) => BatchId = batchId;

    /// <summary>The batch that was lost.</summary>
    [Id(0)]
    public string BatchId { get; }

    /// <summary>Creates the exception for a durable batch.</summary>
    public static BatchLostException OfDurable(string batchId, Exception? innerException) => new(
        batchId,
        $"Durable batch {batchId} was lost: its records are gone from the record store. The store was emptied, as by FLUSHALL, or lost its data, or the batch was given up and deleted. "
        + "Items may have run in part. See that the store keeps what it is given, and submit the work again.",
        innerException);
}
