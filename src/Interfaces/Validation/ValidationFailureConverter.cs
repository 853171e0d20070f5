namespace Armature.Validation;

/// <summary>A failure between processes: all its texts, written.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.failure")]
internal readonly record struct WrittenFailure(
    [property: Id(0)] string Path,
    [property: Id(1)] string Code,
    [property: Id(2)] string Message,
    [property: Id(3)] ValidationSeverity Severity,
    [property: Id(4)] string? Value,
    [property: Id(5)] string? Exception);

/// <summary>Writes failures for other processes.</summary>
[RegisterConverter]
internal sealed class ValidationFailureConverter : IConverter<ValidationFailure, WrittenFailure>
{
    public WrittenFailure ConvertToSurrogate(in ValidationFailure value) => new(value.Path, value.Code, value.Message, value.Severity, value.Value, value.Exception);

    public ValidationFailure ConvertFromSurrogate(in WrittenFailure surrogate) => new()
    {
        Path = surrogate.Path,
        Code = surrogate.Code,
        Message = surrogate.Message,
        Severity = surrogate.Severity,
        Value = surrogate.Value,
        Exception = surrogate.Exception,
    };
}
