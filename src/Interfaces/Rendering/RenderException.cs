namespace Armature.Rendering;

/// <summary>A page or a site could not be rendered.</summary>
[GenerateSerializer, Alias("armature.rendering.render-exception")]
public sealed class RenderException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">One of <see cref="RenderErrorCodes"/>.</param>
    /// <param name="message">What was wrong, what is allowed and what to do.</param>
    public RenderException(string code, string message)
        : base(message) => Code = code;

    /// <summary>Creates the exception with its cause.</summary>
    public RenderException(string code, string message, Exception? innerException)
        : base(message, innerException) => Code = code;

    /// <summary>One of <see cref="RenderErrorCodes"/>.</summary>
    [Id(0)]
    public string Code { get; }
}
