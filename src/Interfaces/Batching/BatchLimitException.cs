namespace Armature.Batching;

/// <summary>A batch, or a silo, is at a limit. The message says which, what was allowed and what to do.</summary>
[GenerateSerializer, Alias("armature.batching.batch-limit-exception")]
public sealed class BatchLimitException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BatchLimitException(string limit, long allowed, long actual, string advice)
        : base($"{limit} is limited to {allowed:N0}; this would be {actual:N0}. {advice}")
    {
        Limit = limit;
        Allowed = allowed;
        Actual = actual;
    }

    /// <summary>The option that sets the limit, such as <c>Batching:MaxItems</c>.</summary>
    [Id(0)]
    public string Limit { get; }

    /// <summary>What is allowed.</summary>
    [Id(1)]
    public long Allowed { get; }

    /// <summary>What was asked for.</summary>
    [Id(2)]
    public long Actual { get; }
}
