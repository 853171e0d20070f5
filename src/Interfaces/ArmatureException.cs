namespace Armature;

/// <summary>The root of every exception that Armature itself raises. Leaves carry typed properties.</summary>
[GenerateSerializer, Alias("armature.exception")]
public abstract class ArmatureException : Exception
{
    /// <summary>Creates the exception with a message that says what was wrong, what was allowed and what to do.</summary>
    protected ArmatureException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    protected ArmatureException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
