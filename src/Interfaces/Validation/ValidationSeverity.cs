namespace Armature.Validation;

/// <summary>How much a failure matters.</summary>
public enum ValidationSeverity
{
    /// <summary>The value is not valid.</summary>
    Error,

    /// <summary>The value is valid, and somebody should look at it.</summary>
    Warning,

    /// <summary>The value is valid, and there is something to say about it.</summary>
    Info,
}
