namespace Armature.Batching;

/// <summary>The results of a batch are read as a type that they are not.</summary>
[GenerateSerializer, Alias("armature.batching.batch-type-exception")]
public sealed class BatchTypeException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BatchTypeException(string batchId, string resultType, string askedType)
        : base($"The results of batch {batchId} are {resultType} and cannot be read as {askedType}. Make the handle with GetHandle<{resultType}>.")
    {
        BatchId = batchId;
        ResultType = resultType;
        AskedType = askedType;
    }

    /// <summary>The batch.</summary>
    [Id(0)]
    public string BatchId { get; }

    /// <summary>What its results are.</summary>
    [Id(1)]
    public string ResultType { get; }

    /// <summary>What they were read as.</summary>
    [Id(2)]
    public string AskedType { get; }
}
