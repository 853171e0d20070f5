namespace Armature.Batching;

/// <summary>A batch could not go on as a whole.</summary>
[GenerateSerializer, Alias("armature.batching.batch-failed-exception")]
public sealed class BatchFailedException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BatchFailedException(string batchId, string reason)
        : base($"Batch {batchId} failed: {reason}") => BatchId = batchId;

    /// <summary>The batch that failed.</summary>
    [Id(0)]
    public string BatchId { get; }
}
