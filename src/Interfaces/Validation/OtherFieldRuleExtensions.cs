using System.Linq.Expressions;
using System.Text.Json;

namespace Armature.Validation;

/// <summary>Rules that compare a field with another of the same object.</summary>
public static class OtherFieldRuleExtensions
{
    /// <summary>The same as another field.</summary>
    /// <param name="rules">The field's rules.</param>
    /// <param name="other">The other field, such as <c>form => form.Password</c>.</param>
    public static IFieldRules<T, TField> EqualTo<T, TField>(this IFieldRules<T, TField> rules, Expression<Func<T, TField>> other) =>
        Check(rules, other, static (value, other) => EqualityComparer<TField>.Default.Equals(value, other), ValidationCodes.EqualTo);

    /// <summary>Not the same as another field, where it is given.</summary>
    /// <inheritdoc cref="EqualTo"/>
    public static IFieldRules<T, TField> NotEqualTo<T, TField>(this IFieldRules<T, TField> rules, Expression<Func<T, TField>> other) =>
        Check(rules, other, static (value, other) => value is null || !EqualityComparer<TField>.Default.Equals(value, other), ValidationCodes.NotEqualTo);

    /// <summary>More, or later, than another field, where both are given.</summary>
    /// <param name="rules">The field's rules.</param>
    /// <param name="other">The other field, such as <c>booking => booking.Start</c>.</param>
    public static IFieldRules<T, TField> GreaterThan<T, TField>(this IFieldRules<T, TField> rules, Expression<Func<T, TField>> other)
        where TField : IComparable<TField>? =>
        Compare(rules, other, static order => order > 0, ValidationCodes.GreaterThan);

    /// <inheritdoc cref="GreaterThan{T, TField}(IFieldRules{T, TField}, Expression{Func{T, TField}})"/>
    public static IFieldRules<T, TField?> GreaterThan<T, TField>(this IFieldRules<T, TField?> rules, Expression<Func<T, TField?>> other)
        where TField : struct, IComparable<TField> =>
        Compare(rules, other, static order => order > 0, ValidationCodes.GreaterThan);

    /// <summary>As much as another field, or more, where both are given.</summary>
    /// <param name="rules">The field's rules.</param>
    /// <param name="other">The other field, such as <c>booking => booking.Start</c>.</param>
    public static IFieldRules<T, TField> GreaterThanOrEqualTo<T, TField>(this IFieldRules<T, TField> rules, Expression<Func<T, TField>> other)
        where TField : IComparable<TField>? =>
        Compare(rules, other, static order => order >= 0, ValidationCodes.GreaterThanOrEqualTo);

    /// <inheritdoc cref="GreaterThanOrEqualTo{T, TField}(IFieldRules{T, TField}, Expression{Func{T, TField}})"/>
    public static IFieldRules<T, TField?> GreaterThanOrEqualTo<T, TField>(this IFieldRules<T, TField?> rules, Expression<Func<T, TField?>> other)
        where TField : struct, IComparable<TField> =>
        Compare(rules, other, static order => order >= 0, ValidationCodes.GreaterThanOrEqualTo);

    /// <summary>Less, or earlier, than another field, where both are given.</summary>
    /// <param name="rules">The field's rules.</param>
    /// <param name="other">The other field, such as <c>booking => booking.Start</c>.</param>
    public static IFieldRules<T, TField> LessThan<T, TField>(this IFieldRules<T, TField> rules, Expression<Func<T, TField>> other)
        where TField : IComparable<TField>? =>
        Compare(rules, other, static order => order < 0, ValidationCodes.LessThan);

    /// <inheritdoc cref="LessThan{T, TField}(IFieldRules{T, TField}, Expression{Func{T, TField}})"/>
    public static IFieldRules<T, TField?> LessThan<T, TField>(this IFieldRules<T, TField?> rules, Expression<Func<T, TField?>> other)
        where TField : struct, IComparable<TField> =>
        Compare(rules, other, static order => order < 0, ValidationCodes.LessThan);

    /// <summary>As much as another field, or less, where both are given.</summary>
    /// <param name="rules">The field's rules.</param>
    /// <param name="other">The other field, such as <c>booking => booking.Start</c>.</param>
    public static IFieldRules<T, TField> LessThanOrEqualTo<T, TField>(this IFieldRules<T, TField> rules, Expression<Func<T, TField>> other)
        where TField : IComparable<TField>? =>
        Compare(rules, other, static order => order <= 0, ValidationCodes.LessThanOrEqualTo);

    /// <inheritdoc cref="LessThanOrEqualTo{T, TField}(IFieldRules{T, TField}, Expression{Func{T, TField}})"/>
    public static IFieldRules<T, TField?> LessThanOrEqualTo<T, TField>(this IFieldRules<T, TField?> rules, Expression<Func<T, TField?>> other)
        where TField : struct, IComparable<TField> =>
        Compare(rules, other, static order => order <= 0, ValidationCodes.LessThanOrEqualTo);

    private static IFieldRules<T, TField> Compare<T, TField>(IFieldRules<T, TField> rules, Expression<Func<T, TField>> other, Func<int, bool> passes, string code) =>
        Check(rules, other, (value, other) => value is null || other is null || passes(Comparer<TField>.Default.Compare(value, other)), code);

    private static IFieldRules<T, TField> Check<T, TField>(IFieldRules<T, TField> rules, Expression<Func<T, TField>> other, Func<TField, TField, bool> passes, string code)
    {
        ArgumentNullException.ThrowIfNull(other);
        var read = other.Compile();
        var name = other.Body is MemberExpression member ? JsonNamingPolicy.CamelCase.ConvertName(member.Member.Name) : other.ToString();
        return FieldRuleExtensions.Of(rules).Check((instance, value) => passes(value, read(instance)), code, ("Other", name));
    }
}
