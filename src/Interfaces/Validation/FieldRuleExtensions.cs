using System.Collections;
using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Armature.Validation;

/// <summary>Rules for values of any type.</summary>
public static class FieldRuleExtensions
{
    /// <summary>There is a value: not null. An empty text is one; see <see cref="TextRuleExtensions.NotEmpty"/>.</summary>
    public static IFieldRules<T, TField> Required<T, TField>(this IFieldRules<T, TField> rules) =>
        Of(rules).Check(static (_, value) => value is not null, ValidationCodes.Required);

    /// <summary>A rule of your own.</summary>
    /// <param name="rules">The field's rules.</param>
    /// <param name="passes">Says whether a value keeps it. It is given null too.</param>
    /// <param name="code">Its code.</param>
    public static IFieldRules<T, TField> Must<T, TField>(this IFieldRules<T, TField> rules, Func<TField, bool> passes, string code = ValidationCodes.Must)
    {
        ArgumentNullException.ThrowIfNull(passes);
        return Of(rules).Check((_, value) => passes(value), code);
    }

    /// <summary>A rule of your own that looks at the whole object.</summary>
    /// <inheritdoc cref="Must{T, TField}(IFieldRules{T, TField}, Func{TField, bool}, string)"/>
    public static IFieldRules<T, TField> Must<T, TField>(this IFieldRules<T, TField> rules, Func<T, TField, bool> passes, string code = ValidationCodes.Must) =>
        Of(rules).Check(passes, code);

    /// <summary>A rule of your own that waits for something.</summary>
    /// <inheritdoc cref="Must{T, TField}(IFieldRules{T, TField}, Func{TField, bool}, string)"/>
    public static IFieldRules<T, TField> MustAsync<T, TField>(this IFieldRules<T, TField> rules, Func<TField, CancellationToken, Task<bool>> passes, string code = ValidationCodes.Must)
    {
        ArgumentNullException.ThrowIfNull(passes);
        return Of(rules).CheckAsync((_, value, cancellationToken) => passes(value, cancellationToken), code);
    }

    /// <summary>A rule of your own that waits for something and looks at the whole object.</summary>
    /// <inheritdoc cref="Must{T, TField}(IFieldRules{T, TField}, Func{TField, bool}, string)"/>
    public static IFieldRules<T, TField> MustAsync<T, TField>(this IFieldRules<T, TField> rules, Func<T, TField, CancellationToken, Task<bool>> passes, string code = ValidationCodes.Must) =>
        Of(rules).CheckAsync(passes, code);

    /// <summary>A rule of your own that waits for something, as a method that gives a <see cref="ValueTask{TResult}"/>.</summary>
    /// <inheritdoc cref="Must{T, TField}(IFieldRules{T, TField}, Func{TField, bool}, string)"/>
    [OverloadResolutionPriority(-1)]
    public static IFieldRules<T, TField> MustAsync<T, TField>(this IFieldRules<T, TField> rules, Func<TField, CancellationToken, ValueTask<bool>> passes, string code = ValidationCodes.Must)
    {
        ArgumentNullException.ThrowIfNull(passes);
        return Of(rules).CheckAsync((_, value, cancellationToken) => passes(value, cancellationToken).AsTask(), code);
    }

    /// <summary>A rule of your own that waits for something and looks at the whole object, as a method that gives a <see cref="ValueTask{TResult}"/>.</summary>
    /// <inheritdoc cref="Must{T, TField}(IFieldRules{T, TField}, Func{TField, bool}, string)"/>
    [OverloadResolutionPriority(-1)]
    public static IFieldRules<T, TField> MustAsync<T, TField>(this IFieldRules<T, TField> rules, Func<T, TField, CancellationToken, ValueTask<bool>> passes, string code = ValidationCodes.Must)
    {
        ArgumentNullException.ThrowIfNull(passes);
        return Of(rules).CheckAsync((instance, value, cancellationToken) => passes(instance, value, cancellationToken).AsTask(), code);
    }

    /// <summary>As much as this, or more.</summary>
    public static IFieldRules<T, TField> Min<T, TField>(this IFieldRules<T, TField> rules, TField min)
        where TField : IComparable<TField> =>
        Of(rules).Check((_, value) => value is null || value.CompareTo(min) >= 0, ValidationCodes.Min, (nameof(Min), min));

    /// <inheritdoc cref="Min{T, TField}(IFieldRules{T, TField}, TField)"/>
    public static IFieldRules<T, TField?> Min<T, TField>(this IFieldRules<T, TField?> rules, TField min)
        where TField : struct, IComparable<TField> =>
        Of(rules).Check((_, value) => value is not { } given || given.CompareTo(min) >= 0, ValidationCodes.Min, (nameof(Min), min));

    /// <summary>As much as this, or less.</summary>
    public static IFieldRules<T, TField> Max<T, TField>(this IFieldRules<T, TField> rules, TField max)
        where TField : IComparable<TField> =>
        Of(rules).Check((_, value) => value is null || value.CompareTo(max) <= 0, ValidationCodes.Max, (nameof(Max), max));

    /// <inheritdoc cref="Max{T, TField}(IFieldRules{T, TField}, TField)"/>
    public static IFieldRules<T, TField?> Max<T, TField>(this IFieldRules<T, TField?> rules, TField max)
        where TField : struct, IComparable<TField> =>
        Of(rules).Check((_, value) => value is not { } given || given.CompareTo(max) <= 0, ValidationCodes.Max, (nameof(Max), max));

    /// <summary>One of the two, or between them.</summary>
    public static IFieldRules<T, TField> InRange<T, TField>(this IFieldRules<T, TField> rules, TField min, TField max)
        where TField : IComparable<TField> =>
        Of(rules).Check((_, value) => value is null || (value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0), ValidationCodes.Range, (nameof(Min), min), (nameof(Max), max));

    /// <inheritdoc cref="InRange{T, TField}(IFieldRules{T, TField}, TField, TField)"/>
    public static IFieldRules<T, TField?> InRange<T, TField>(this IFieldRules<T, TField?> rules, TField min, TField max)
        where TField : struct, IComparable<TField> =>
        Of(rules).Check((_, value) => value is not { } given || (given.CompareTo(min) >= 0 && given.CompareTo(max) <= 0), ValidationCodes.Range, (nameof(Min), min), (nameof(Max), max));

    /// <summary>More than 0.</summary>
    public static IFieldRules<T, TField> Positive<T, TField>(this IFieldRules<T, TField> rules)
        where TField : struct, INumber<TField> =>
        Of(rules).Check(static (_, value) => value > TField.Zero, ValidationCodes.Positive);

    /// <inheritdoc cref="Positive{T, TField}(IFieldRules{T, TField})"/>
    public static IFieldRules<T, TField?> Positive<T, TField>(this IFieldRules<T, TField?> rules)
        where TField : struct, INumber<TField> =>
        Of(rules).Check(static (_, value) => value is not { } given || given > TField.Zero, ValidationCodes.Positive);

    /// <summary>One of these values.</summary>
    public static IFieldRules<T, TField> OneOf<T, TField>(this IFieldRules<T, TField> rules, params IReadOnlyCollection<TField> allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        var known = allowed.Where(static value => value is not null).ToFrozenSet();
        return Of(rules).Check((_, value) => value is null || known.Contains(value), ValidationCodes.OneOf, ("Allowed", string.Join(", ", allowed)));
    }

    /// <summary>Not this value.</summary>
    public static IFieldRules<T, TField> NotEqual<T, TField>(this IFieldRules<T, TField> rules, TField unwanted) =>
        Of(rules).Check((_, value) => value is null || !EqualityComparer<TField>.Default.Equals(value, unwanted), ValidationCodes.NotEqual, ("Unwanted", unwanted));

    /// <summary>Checks the rules of this field only where this does not hold.</summary>
    public static IFieldRules<T, TField> Unless<T, TField>(this IFieldRules<T, TField> rules, Func<T, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Of(rules).When(instance => !condition(instance));
    }

    /// <summary>A collection that has something in it.</summary>
    public static IFieldRules<T, IEnumerable?> NotEmpty<T>(this IFieldRules<T, IEnumerable?> rules) =>
        Of(rules).Check(static (_, items) => items is not null && Length(items, 1) > 0, ValidationCodes.NotEmpty);

    /// <summary>A collection of so many elements at least.</summary>
    public static IFieldRules<T, IEnumerable?> MinCount<T>(this IFieldRules<T, IEnumerable?> rules, int min) =>
        Of(rules).Check((_, items) => items is null || Length(items, min) >= min, ValidationCodes.MinLength, (nameof(Min), min));

    /// <summary>A collection of so many elements at most.</summary>
    public static IFieldRules<T, IEnumerable?> MaxCount<T>(this IFieldRules<T, IEnumerable?> rules, int max) =>
        Of(rules).Check((_, items) => items is null || Length(items, max + 1L) <= max, ValidationCodes.MaxLength, (nameof(Max), max));

    internal static IFieldRules<T, TField> Of<T, TField>(IFieldRules<T, TField> rules) => rules ?? throw new ArgumentNullException(nameof(rules));

    // Counts no further than it matters: it may be endless.
    private static long Length(IEnumerable items, long enough)
    {
        if (items is ICollection collection)
        {
            return collection.Count;
        }

        var count = 0L;
        foreach (var _ in items)
        {
            if (++count >= enough)
            {
                break;
            }
        }

        return count;
    }
}
