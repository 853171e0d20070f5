namespace Armature.Validation.Files;

/// <summary>A file could not be checked; nothing is wrong with the file.</summary>
public sealed class FileValidationException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public FileValidationException(string code, string message)
        : base(message) => Code = code;

    /// <summary>Why, as programs know it (<see cref="ItemErrorCodes"/>).</summary>
    public string Code { get; }
}
