namespace Armature.Validation;

/// <summary>One rule that a value breaks. Its texts are written when they are read the first time.</summary>
[Immutable]
public sealed class ValidationFailure : IEquatable<ValidationFailure>
{
    // Of a failure that was found here. There may be millions of these: what few are asked for is kept apart.
    private readonly RuleText? _rule;
    private readonly PathFrame? _at;
    private readonly object? _found;
    private readonly string? _thrown;
    private readonly FailureText? _text;
    private FailureWords? _words;

    /// <summary>Creates a failure of your own.</summary>
    public ValidationFailure()
    {
    }

    internal ValidationFailure(RawFailure found, FailureText text) => (_rule, _at, _found, _thrown, _text) = (found.Rule, found.At, found.Value, found.Thrown, text);

    /// <summary>Where: <c>email</c>, <c>address.city</c>, <c>items[3].price</c>; empty for the object as a whole.</summary>
    public string Path { get => Words.Path ??= _rule is null ? "" : FailureText.PathOf(Found); init => Words.Path = value; }

    /// <summary>Which rule, as programs know it (<see cref="ValidationCodes"/>, or a code of your own).</summary>
    public string Code { get => _words?.Code ?? _rule?.Code ?? ""; init => Words.Code = value; }

    /// <summary>What is wrong and what is allowed, for people.</summary>
    public string Message { get => Words.Message ??= _text?.MessageOf(Found) ?? ""; init => Words.Message = value; }

    /// <summary>How much it matters.</summary>
    public ValidationSeverity Severity { get => _rule?.Severity ?? _words?.Severity ?? default; init => Words.Severity = value; }

    /// <summary>The value as text, cut to <see cref="ValidationLimits.MaxValueLength"/> characters; null when there is none, for a collection, and when the field is sensitive.</summary>
    public string? Value { get => Words.Value ??= _rule is null ? null : FailureText.ValueOf(Found); init => Words.Value = value; }

    /// <summary>The type of the exception that the rule threw instead of an answer; null when it answered.</summary>
    public string? Exception { get => _thrown ?? _words?.Exception; init => Words.Exception = value; }

    private FailureWords Words => LazyInitializer.EnsureInitialized(ref _words);

    private RawFailure Found => new(_rule, _at, _found, _thrown, null);

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
