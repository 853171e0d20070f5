namespace Armature.Images;

/// <summary>An image or a plan could not be processed.</summary>
[GenerateSerializer, Alias("armature.images.image-exception")]
public sealed class ImageException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">One of <see cref="ImageErrorCodes"/>.</param>
    /// <param name="message">What was wrong, what is allowed and what to do.</param>
    public ImageException(string code, string message)
        : base(message) => Code = code;

    /// <summary>Creates the exception with its cause.</summary>
    public ImageException(string code, string message, Exception? innerException)
        : base(message, innerException) => Code = code;

    /// <summary>One of <see cref="ImageErrorCodes"/>.</summary>
    [Id(0)]
    public string Code { get; }
}
