namespace Armature.Batching;

/// <summary>There is no such batch: the id is wrong, its results were dropped after their retention time, or it was lost with the silo that ran it.</summary>
[GenerateSerializer, Alias("armature.batching.batch-not-found-exception")]
public sealed class BatchNotFoundException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BatchNotFoundException(string batchId)
        : base($"Batch {batchId} is not known. Its id is wrong, its results were dropped after their retention time, or the silo that coordinated it stopped. Submit the work again.") => BatchId = batchId;

    /// <summary>The id that was asked for.</summary>
    [Id(0)]
    public string BatchId { get; }
}
