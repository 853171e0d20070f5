namespace Armature.Batching;

/// <summary>A batch with this id is there already, and it is other work. It goes on untouched.</summary>
[GenerateSerializer, Alias("armature.batching.batch-conflict-exception")]
public sealed class BatchConflictException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BatchConflictException(string batchId, string difference)
        : base($"There is another batch {batchId}: {difference}. The same id joins only a batch of the same handler, types, options and number of items; give other work another id.") => BatchId = batchId;

    /// <summary>The id that both have.</summary>
    [Id(0)]
    public string BatchId { get; }
}
