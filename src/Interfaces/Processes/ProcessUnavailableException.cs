namespace Armature.Processes;

/// <summary>A pool of child processes took no request. Nothing was done.</summary>
[GenerateSerializer, Alias("armature.processes.process-unavailable-exception")]
public sealed class ProcessUnavailableException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Why, for programs.</param>
    /// <param name="message">What was wrong, what is allowed and what to do.</param>
    /// <param name="innerException">The last failed start, if that is the reason.</param>
    public ProcessUnavailableException(ProcessUnavailableReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Why.</summary>
    [Id(0)]
    public ProcessUnavailableReason Reason { get; }
}
