namespace Armature.Validation;

/// <summary>Rules that ask a lookup: for many records at once, each value once.</summary>
public static class LookupRuleExtensions
{
    /// <summary>
    /// A value that a lookup knows. Where it fails, at every attempt, the failure is <see cref="ValidationCodes.LookupFailed"/>: that is
    /// not to say that there is no such value.
    /// </summary>
    public static IFieldRules<T, TField?> MustExistIn<T, TField>(this IFieldRules<T, TField?> rules, Lookup<TField> lookup)
        where TField : notnull =>
        FieldRuleExtensions.Of(rules).CheckIn(lookup, static value => value is null ? [] : [value]);

    /// <inheritdoc cref="MustExistIn{T, TField}(IFieldRules{T, TField}, Lookup{TField})"/>
    public static IFieldRules<T, TField?> MustExistIn<T, TField>(this IFieldRules<T, TField?> rules, Lookup<TField> lookup)
        where TField : struct =>
        FieldRuleExtensions.Of(rules).CheckIn(lookup, static value => value is { } given ? [given] : []);

    /// <summary>A value that a lookup knows which is registered by a name. Where rules run elsewhere than on a silo, <see cref="ValidationSettings.Services"/> is needed.</summary>
    /// <inheritdoc cref="MustExistIn{T, TField}(IFieldRules{T, TField}, Lookup{TField})"/>
    public static IFieldRules<T, TField?> MustExistIn<T, TField>(this IFieldRules<T, TField?> rules, string lookup)
        where TField : notnull =>
        rules.MustExistIn(new Lookup<TField>(lookup));

    /// <inheritdoc cref="MustExistIn{T, TField}(IFieldRules{T, TField}, string)"/>
    public static IFieldRules<T, TField?> MustExistIn<T, TField>(this IFieldRules<T, TField?> rules, string lookup)
        where TField : struct =>
        rules.MustExistIn(new Lookup<TField>(lookup));
}
