using System.Collections.Immutable;

namespace Armature.Validation;

/// <summary>What a validation found. Equal for the same rules and object, whichever way it was found.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.report")]
public sealed class ValidationReport
{
    [NonSerialized] private Lazy<ImmutableArray<ValidationFailure>> _failures = new([]);
    [NonSerialized] private bool _isValid = true;

    /// <summary>Creates a report of failures that are known.</summary>
    public ValidationReport()
    {
    }

    /// <summary>Creates one whose texts are written when somebody reads them.</summary>
    internal ValidationReport(IEnumerable<RawFailure> failures, ValidationSettings settings)
    {
        var text = new FailureText(settings);
        RawFailure[] found = [.. failures];
        _isValid = !Array.Exists(found, static failure => failure.Rule!.Severity == ValidationSeverity.Error);
        _failures = new(() => [.. found.Select(text.Write)]);
    }

    /// <summary>Nothing to say.</summary>
    public static ValidationReport Clean { get; } = new();

    /// <summary>What is wrong, in the order of the rules.</summary>
    public ImmutableArray<ValidationFailure> Failures
    {
        get => _failures.Value;
        init => Written = value;
    }

    [Id(0)] internal ImmutableArray<ValidationFailure> Written
    {
        get => _failures.Value;
        set
        {
            _failures = new(value);
            _isValid = value.All(static failure => failure.Severity != ValidationSeverity.Error);
        }
    }

    /// <summary>True when there is no failure of <see cref="ValidationSeverity.Error"/>.</summary>
    public bool IsValid => _isValid;

    /// <summary>The messages of errors by path, in the order of the rules: the <c>errors</c> of problem details (RFC 9457) as ASP.NET Core writes them.</summary>
    public IDictionary<string, string[]> ToErrors() => Failures
        .Where(static failure => failure.Severity == ValidationSeverity.Error)
        .GroupBy(static failure => failure.Path, StringComparer.Ordinal)
        .ToDictionary(static path => path.Key, static path => path.Select(failure => failure.Message).ToArray(), StringComparer.Ordinal);
}
