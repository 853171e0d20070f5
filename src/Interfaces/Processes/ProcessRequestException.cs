namespace Armature.Processes;

/// <summary>A child process could not do a request, said so, and lives on.</summary>
[GenerateSerializer, Alias("armature.processes.process-request-exception")]
public sealed class ProcessRequestException : ArmatureException
{
    /// <summary>Creates the exception. A handler in a child process throws it to choose the code.</summary>
    public ProcessRequestException(string code, string message)
        : base(message) => Code = code;

    /// <summary>A stable word in snake case, chosen by the child.</summary>
    [Id(0)]
    public string Code { get; }
}
