namespace Armature.Batching;

/// <summary>No silo can run a batch: its handler is not registered, or its types differ from those the caller used.</summary>
[GenerateSerializer, Alias("armature.batching.batch-handler-exception")]
public sealed class BatchHandlerException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BatchHandlerException(string handler, string message)
        : base(message) => Handler = handler;

    /// <summary>The name of the handler that was asked for.</summary>
    [Id(0)]
    public string Handler { get; }

    /// <summary>The handlers that the silos have, by name; empty where there is such a handler and its types differ.</summary>
    [Id(1)]
    public IReadOnlyList<string> Registered { get; init; } = [];

    /// <summary>What the handler takes, where that differs from what the caller gave; otherwise null.</summary>
    [Id(2)]
    public string? ItemType { get; init; }
}
