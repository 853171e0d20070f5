namespace Armature.Validation;

/// <summary>One rule that a value breaks.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.failure")]
public sealed record ValidationFailure
{
    /// <summary>Where: <c>email</c>, <c>address.city</c>, <c>items[3].price</c>; empty for the object as a whole.</summary>
    [Id(0)] public required string Path { get; init; }

    /// <summary>Which rule, as programs know it (<see cref="ValidationCodes"/>, or a code of your own).</summary>
    [Id(1)] public required string Code { get; init; }

    /// <summary>What is wrong and what is allowed, for people.</summary>
    [Id(2)] public required string Message { get; init; }

    /// <summary>How much it matters.</summary>
    [Id(3)] public ValidationSeverity Severity { get; init; }

    /// <summary>The value as text, cut to <see cref="ValidationLimits.MaxValueLength"/> characters; null when there is none, or when the field is sensitive.</summary>
    [Id(4)] public string? Value { get; init; }

    /// <summary>The type of the exception that the rule threw instead of an answer; null when it answered.</summary>
    [Id(5)] public string? Exception { get; init; }
}
