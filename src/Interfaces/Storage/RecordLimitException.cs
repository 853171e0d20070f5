namespace Armature.Storage;

/// <summary>A commit or a value is larger than a record store takes. Nothing was changed.</summary>
[GenerateSerializer, Alias("armature.storage.record-limit-exception")]
public sealed class RecordLimitException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public RecordLimitException(string limit, long allowed, long actual)
        : base($"{limit} is limited to {allowed:N0}; this would be {actual:N0}. Nothing was changed. Split the commit, or keep large bytes in the blob store.")
    {
        Limit = limit;
        Allowed = allowed;
        Actual = actual;
    }

    /// <summary>The constant of <see cref="RecordLimits"/> that sets the limit.</summary>
    [Id(0)]
    public string Limit { get; }

    /// <summary>What is allowed.</summary>
    [Id(1)]
    public long Allowed { get; }

    /// <summary>What was asked for.</summary>
    [Id(2)]
    public long Actual { get; }
}
