namespace Armature.Hosting;

/// <summary>A port that this process should listen on is taken, or its address is not one of this machine.</summary>
[GenerateSerializer, Alias("armature.hosting.port-in-use-exception")]
public sealed class PortInUseException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public PortInUseException(string endpoint, string option, string problem, Exception? innerException)
        : base($"Cannot listen on {endpoint}: {problem} The option is {option}.", innerException)
    {
        Endpoint = endpoint;
        Option = option;
    }

    /// <summary>Address and port.</summary>
    [Id(0)]
    public string Endpoint { get; }

    /// <summary>The option that chose it.</summary>
    [Id(1)]
    public string Option { get; }
}
