namespace Armature.Processes;

/// <summary>The child process that had this request died. Another one takes its place; the request was not done.</summary>
[GenerateSerializer, Alias("armature.processes.process-died-exception")]
public sealed class ProcessDiedException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="cause">Why it died.</param>
    /// <param name="reason">The cause in words.</param>
    /// <param name="exitCode">How it ended.</param>
    /// <param name="standardError">The last lines of its standard error.</param>
    public ProcessDiedException(ProcessDeathCause cause, string reason, int exitCode, string standardError)
        : base($"The child process {reason} ({ProcessExit.Describe(exitCode)}).{ProcessExit.Quote(standardError)}")
    {
        Cause = cause;
        ExitCode = exitCode;
        StandardError = standardError;
    }

    /// <summary>Why it died.</summary>
    [Id(0)]
    public ProcessDeathCause Cause { get; }

    /// <summary>Its exit code; on Unix 128 and the signal's number where a signal ended it.</summary>
    [Id(1)]
    public int ExitCode { get; }

    /// <summary>The last lines of its standard error, at most 4 KiB.</summary>
    [Id(2)]
    public string StandardError { get; }

    /// <summary>The signal that ended it, on Unix.</summary>
    public int? Signal => ProcessExit.SignalOf(ExitCode);
}
