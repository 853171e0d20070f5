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
}
