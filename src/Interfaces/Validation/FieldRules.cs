using System.Globalization;
using System.Linq.Expressions;
using Armature.Validation.Lookups;

namespace Armature.Validation;

/// <summary>Collects the rules of one field.</summary>
internal sealed class FieldRules<T, TField>(string name) : IFieldRules<T, TField>
{
    private readonly List<FieldRule<T, TField>> _rules = [];
    private readonly string _member = name;
    private string _name = name;
    private Func<T, bool>? _when;
    private ValidationCascade _cascade;
    private bool _isSensitive;

    private FieldRule<T, TField> Last => _rules.Count > 0 ? _rules[^1] : throw new InvalidOperationException("There is no rule yet that this could be said of. Add the rule first.");

    public IFieldRules<T, TField> Check(Func<T, TField, bool> passes, string code, params IReadOnlyList<(string Name, object? Value)> values)
    {
        ArgumentNullException.ThrowIfNull(passes);
        ArgumentException.ThrowIfNullOrEmpty(code);
        _rules.Add(new() { Code = code, Field = _name, Passes = passes, Values = values });
        return this;
    }

    public IFieldRules<T, TField> CheckAsync(Func<T, TField, CancellationToken, Task<bool>> passes, string code)
    {
        ArgumentNullException.ThrowIfNull(passes);
        ArgumentException.ThrowIfNullOrEmpty(code);
        _rules.Add(new() { Code = code, Field = _name, PassesAsync = passes });
        return this;
    }

    public IFieldRules<T, TField> CheckIn<TValue>(Lookup<TValue> lookup, Func<TField, IReadOnlyList<TValue>> values)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(lookup);
        ArgumentNullException.ThrowIfNull(values);
        _rules.Add(new()
        {
            Code = ValidationCodes.Exists,
            Field = _name,
            FindAsync = (value, walk) => FindAllAsync(lookup, values(value), walk),
            Values = [("Lookup", lookup.Name)],
        });
        return this;
    }

    public IFieldRules<T, TField> ReadAs<TParsed>(Action<IFieldRules<T, TParsed>>? rules = null)
        where TParsed : IParsable<TParsed>
    {
        var parsed = new FieldRules<T, TParsed>(_name);
        rules?.Invoke(parsed);
        if (parsed._when is not null)
        {
            throw new ArgumentException("A condition is for the whole field: give it outside of ReadAs.", nameof(rules));
        }

        _rules.Add(new()
        {
            Code = ValidationCodes.Unreadable,
            Field = _name,
            Read = new ReadStep<T, TField, TParsed>(parsed.Build()),
            Values = [("Type", TypeWords.Of(typeof(TParsed)))],
        });
        return this;
    }

    public IFieldRules<T, TField> WithCode(string code)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        Last.Code = code;
        return this;
    }

    public IFieldRules<T, TField> WithMessage(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        Last.Template = _ => template;
        return this;
    }

    public IFieldRules<T, TField> WithMessage(Func<CultureInfo, string> template)
    {
        ArgumentNullException.ThrowIfNull(template);
        Last.Template = template;
        return this;
    }

    public IFieldRules<T, TField> WithSeverity(ValidationSeverity severity)
    {
        Last.Severity = severity;
        return this;
    }

    public IFieldRules<T, TField> Slow()
    {
        Last.IsSlow = true;
        return this;
    }

    public IFieldRules<T, TField> When(Func<T, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var before = _when;
        _when = before is null ? condition : instance => before(instance) && condition(instance);
        return this;
    }

    public IFieldRules<T, TField> Cascade(ValidationCascade cascade)
    {
        _cascade = cascade;
        return this;
    }

    public IFieldRules<T, TField> Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _name = name;
        return this;
    }

    public IFieldRules<T, TField> Sensitive()
    {
        _isSensitive = true;
        return this;
    }

    public FieldStep<T, TField> Build(Expression<Func<T, TField>> field) => new(field, Build(), _when, new() { Code = ValidationCodes.Condition, Field = _name }, _isSensitive ? _member : null);

    private static async Task<(LookupAnswer Answer, string? Failure)> FindAllAsync<TValue>(Lookup<TValue> lookup, IReadOnlyList<TValue> values, Walk walk)
        where TValue : notnull
    {
        foreach (var value in values)
        {
            if (await walk.Lookups.FindAsync(lookup, value, walk.CancellationToken).ConfigureAwait(false) is { Answer: not LookupAnswer.Found } found)
            {
                return found;
            }
        }

        return (LookupAnswer.Found, null);
    }

    // The name and what is sensitive may be said after the rules.
    private FieldChecks<T, TField> Build()
    {
        var checks = new FieldChecks<T, TField>([.. _rules], _cascade);
        checks.Tell(_name, _isSensitive);
        return checks;
    }
}
