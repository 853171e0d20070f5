using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Armature.Validation;

/// <summary>What a validation found. Equal for the same rules and object, whichever way it was found.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.report")]
public sealed class ValidationReport
{
    private static readonly RuleText Nothing = new() { Code = ValidationCodes.Required, Field = "" };

    [NonSerialized] private readonly RawFailure[] _found = [];
    [NonSerialized] private readonly FailureText? _text;
    [NonSerialized] private ImmutableArray<ValidationFailure> _failures;
    [NonSerialized] private bool _isValid = true;

    /// <summary>Creates a report of failures that are known.</summary>
    public ValidationReport()
    {
    }

    /// <summary>Creates one whose failures are written when somebody reads them.</summary>
    internal ValidationReport(RawFailure[] found, ValidationSettings settings)
    {
        _found = found;
        _text = new(settings);
        _isValid = !Array.Exists(found, static failure => failure.Rule!.Severity == ValidationSeverity.Error);
    }

    /// <summary>Nothing to say.</summary>
    public static ValidationReport Clean { get; } = new();

    /// <summary>There is no object.</summary>
    internal static ValidationReport OfNothing(ValidationSettings settings) => new([new(Nothing, null, null, null, null)], settings);

    /// <summary>What is wrong, in the order of the rules.</summary>
    public ImmutableArray<ValidationFailure> Failures
    {
        get => Written;
        init => Written = value;
    }

    /// <summary>True when there is no failure of <see cref="ValidationSeverity.Error"/>.</summary>
    public bool IsValid => _isValid;

    [Id(0)] internal ImmutableArray<ValidationFailure> Written
    {
        get => _failures.IsDefault ? _failures = Write() : _failures;
        set
        {
            _failures = value;
            _isValid = value.All(static failure => failure.Severity != ValidationSeverity.Error);
        }
    }

    /// <summary>The messages of errors by path, in the order of the rules: the <c>errors</c> of problem details (RFC 9457) as ASP.NET Core writes them.</summary>
    public IDictionary<string, string[]> ToErrors() => Failures
        .Where(static failure => failure.Severity == ValidationSeverity.Error)
        .GroupBy(static failure => failure.Path, StringComparer.Ordinal)
        .ToDictionary(static path => path.Key, static path => path.Select(failure => failure.Message).ToArray(), StringComparer.Ordinal);

    private ImmutableArray<ValidationFailure> Write()
    {
        var written = new ValidationFailure[_found.Length];
        for (var i = 0; i < written.Length; i++)
        {
            written[i] = new(_found[i], _text!);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(written);
    }
}
