namespace Armature.Batching;

/// <summary>Thrown by a handler to fail its item with a code of its own.</summary>
[GenerateSerializer, Alias("armature.batching.batch-item-exception")]
public sealed class BatchItemException : ArmatureException
{
    /// <summary>Fails the item at once, without another attempt, unless <see cref="IsRetryable"/> is set.</summary>
    /// <param name="code">A stable word in snake case.</param>
    /// <param name="message">What happened, for people.</param>
    public BatchItemException(string code, string message)
        : base(message) => Code = code;

    /// <summary>The item's error code.</summary>
    [Id(0)]
    public string Code { get; }

    /// <summary>True when another attempt may succeed. Default: false.</summary>
    [Id(1)]
    public bool IsRetryable { get; init; }
}
