namespace Armature.Validation;

/// <summary>One rule that a value breaks. Its texts are written when they are read the first time.</summary>
[Immutable]
public sealed class ValidationFailure : IEquatable<ValidationFailure>
{
    private readonly RawFailure _found;
    private readonly FailureText? _text;
    private string? _path;
    private string? _message;
    private string? _value;

    /// <summary>Creates a failure of your own.</summary>
    public ValidationFailure()
    {
    }

    internal ValidationFailure(RawFailure found, FailureText text)
    {
        _found = found;
        _text = text;
        Code = found.Rule!.Code;
        Severity = found.Rule.Severity;
    }

    /// <summary>Where: <c>email</c>, <c>address.city</c>, <c>items[3].price</c>; empty for the object as a whole.</summary>
    public string Path { get => _path ??= _text is null ? "" : FailureText.PathOf(_found); init => _path = value; }

    /// <summary>Which rule, as programs know it (<see cref="ValidationCodes"/>, or a code of your own).</summary>
    public string Code { get; init; } = "";

    /// <summary>What is wrong and what is allowed, for people.</summary>
    public string Message { get => _message ??= _text?.MessageOf(_found) ?? ""; init => _message = value; }

    /// <summary>How much it matters.</summary>
    public ValidationSeverity Severity { get; init; }

    /// <summary>The value as text, cut to <see cref="ValidationLimits.MaxValueLength"/> characters; null when there is none, for a collection, and when the field is sensitive.</summary>
    public string? Value { get => _value ??= _text is null ? null : FailureText.ValueOf(_found); init => _value = value; }

    /// <summary>The type of the exception that the rule threw instead of an answer; null when it answered.</summary>
    public string? Exception { get => field ?? _found.Thrown; init; }

    /// <summary>True when all that they say is the same.</summary>
    public bool Equals(ValidationFailure? other) =>
        other is not null && Path == other.Path && Code == other.Code && Message == other.Message && Severity == other.Severity && Value == other.Value && Exception == other.Exception;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValidationFailure);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Code);

    /// <summary>Path, code and message.</summary>
    public override string ToString() => $"{Path}: {Code}: {Message}";
}
