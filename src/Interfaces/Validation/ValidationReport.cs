using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Armature.Validation;

/// <summary>What a validation found. Equal for the same rules and object, whichever way it was found.</summary>
[GenerateSerializer, Immutable, Alias("armature.validation.report")]
public sealed class ValidationReport
{
    private static readonly RuleText Nothing = new() { Code = ValidationCodes.Required, Field = "" };

    [NonSerialized] private readonly RawFailure[] _found = [];
    [NonSerialized] private readonly QuickRules? _rules;
    [NonSerialized] private readonly object? _instance;
    [NonSerialized] private readonly ulong _broken;
    [NonSerialized] private readonly FailureText? _text;
    [NonSerialized] private ImmutableArray<ValidationFailure> _failures;
    [NonSerialized] private bool _isValid = true;

    /// <summary>Creates a report of failures that are known.</summary>
    public ValidationReport()
    {
    }

    /// <summary>Creates one whose failures are written when somebody reads them.</summary>
    internal ValidationReport(RawFailure[] found, FailureText text)
    {
        _found = found;
        _text = text;
        _isValid = !Array.Exists(found, static failure => failure.Rule!.Severity == ValidationSeverity.Error);
    }

    /// <summary>Creates one of an object, whose failures are made of it when somebody reads them.</summary>
    internal ValidationReport(QuickRules rules, object instance, ulong broken, FailureText text)
    {
        (_rules, _instance, _broken, _text) = (rules, instance, broken, text);
        _isValid = (broken & rules.Errors) == 0;
    }

    /// <summary>Nothing to say.</summary>
    public static ValidationReport Clean { get; } = new();

    /// <summary>There is no object.</summary>
    internal static ValidationReport OfNothing(ValidationSettings settings) => new([new(Nothing, null, null, null, null)], FailureText.Of(settings));

    /// <summary>What is wrong, in the order of the rules. Values are those that the object has when this is read the first time.</summary>
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
        if (_rules is not null)
        {
            return ImmutableCollectionsMarshal.AsImmutableArray(_rules.Describe(_instance!, _broken, _text!));
        }

        var written = new ValidationFailure[_found.Length];
        for (var i = 0; i < written.Length; i++)
        {
            written[i] = new(_found[i], _text!);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(written);
    }
}
