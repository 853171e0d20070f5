using System.Globalization;

namespace Armature.Validation;

/// <summary>
/// The rules of one field, in their order. A rule passes where there is no value (null), but for those that ask for one: add
/// <see cref="FieldRuleExtensions.Required"/> or <see cref="TextRuleExtensions.NotEmpty"/> where it is needed.
/// </summary>
/// <typeparam name="T">The object.</typeparam>
/// <typeparam name="TField">The field's value.</typeparam>
public interface IFieldRules<T, out TField>
{
    /// <summary>Adds a rule.</summary>
    /// <param name="passes">Says whether a value keeps it. It is given null too. It may be called for several objects at once, and twice for one.</param>
    /// <param name="code">Its code.</param>
    /// <param name="values">What messages may have by name, such as <c>Min</c>.</param>
    IFieldRules<T, TField> Check(Func<T, TField, bool> passes, string code, params IReadOnlyList<(string Name, object? Value)> values);

    /// <summary>Adds a rule that waits for something. Those of an object that are independent run at once with <see cref="RuleSet{T}.ValidateParallelAsync"/>.</summary>
    /// <inheritdoc cref="Check"/>
    IFieldRules<T, TField> CheckAsync(Func<T, TField, CancellationToken, Task<bool>> passes, string code);

    /// <summary>Adds a rule that asks a lookup, with the values of other records together.</summary>
    /// <param name="lookup">The lookup.</param>
    /// <param name="values">The values that must exist: none, and the rule is kept; several, and all of them must.</param>
    /// <seealso cref="LookupRuleExtensions"/>
    IFieldRules<T, TField> CheckIn<TValue>(Lookup<TValue> lookup, Func<TField, IReadOnlyList<TValue>> values)
        where TValue : notnull;

    /// <summary>Reads the text of the value as something else, and checks that. What cannot be read fails with <see cref="ValidationCodes.Unreadable"/>.</summary>
    /// <typeparam name="TParsed">What it is to be, read as the invariant culture writes it.</typeparam>
    /// <param name="rules">Its rules; null for none but that it can be read.</param>
    IFieldRules<T, TField> ReadAs<TParsed>(Action<IFieldRules<T, TParsed>>? rules = null)
        where TParsed : IParsable<TParsed>;

    /// <summary>Gives the last rule another code.</summary>
    IFieldRules<T, TField> WithCode(string code);

    /// <summary>Gives the last rule a message of its own. <c>{Field}</c>, <c>{Value}</c> and what the rule has are filled in.</summary>
    IFieldRules<T, TField> WithMessage(string template);

    /// <summary>Gives the last rule a message for each language.</summary>
    IFieldRules<T, TField> WithMessage(Func<CultureInfo, string> template);

    /// <summary>Says how much it matters when the last rule is broken.</summary>
    IFieldRules<T, TField> WithSeverity(ValidationSeverity severity);

    /// <summary>Says that the last rule takes more than a millisecond: it runs beside others with <see cref="RuleSet{T}.ValidateParallelAsync"/>.</summary>
    IFieldRules<T, TField> Slow();

    /// <summary>Checks the rules of this field only where this holds.</summary>
    IFieldRules<T, TField> When(Func<T, bool> condition);

    /// <summary>What happens when a rule of this field fails. The default is <see cref="ValidationCascade.Continue"/>.</summary>
    IFieldRules<T, TField> Cascade(ValidationCascade cascade);

    /// <summary>Calls the field otherwise in paths and messages.</summary>
    IFieldRules<T, TField> Named(string name);

    /// <summary>Keeps the value of the field out of failures.</summary>
    IFieldRules<T, TField> Sensitive();
}
