namespace Armature.Processes;

/// <summary>A stream that must carry frames carried something else, or a frame is over its limit.</summary>
[GenerateSerializer, Alias("armature.processes.frame-exception")]
public sealed class FrameException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public FrameException(string reason)
        : base($"Malformed frame: {reason}.")
    {
    }
}
