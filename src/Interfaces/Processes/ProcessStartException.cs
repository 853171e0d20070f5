namespace Armature.Processes;

/// <summary>A child process could not be started, or was not ready in time.</summary>
[GenerateSerializer, Alias("armature.processes.process-start-exception")]
public sealed class ProcessStartException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The program.</param>
    /// <param name="reason">What happened and what to do.</param>
    /// <param name="standardError">The last lines of its standard error.</param>
    /// <param name="innerException">The cause, if it is an exception.</param>
    public ProcessStartException(string fileName, string reason, string standardError = "", Exception? innerException = null)
        : base($"The child process {fileName} did not start: {reason}.{ProcessExit.Quote(standardError)}", innerException)
    {
        FileName = fileName;
        StandardError = standardError;
    }

    /// <summary>The program.</summary>
    [Id(0)]
    public string FileName { get; }

    /// <summary>The last lines of its standard error, at most 4 KiB.</summary>
    [Id(1)]
    public string StandardError { get; }
}
