using System.Linq.Expressions;
using System.Text.Json;

namespace Armature.Validation;

/// <summary>
/// Rules for objects of one type, in their order. Never changed once made: each addition gives a new set, so that a set can be made once,
/// kept in a static field, and used by all threads. Rules are code: they run in this process.
/// </summary>
/// <typeparam name="T">What is checked.</typeparam>
public sealed partial class RuleSet<T>
{
    private readonly RuleStep<T>[] _steps;
    private readonly Lazy<CompiledRules<T>?> _compiled;

    internal RuleSet(RuleStep<T>[] steps)
    {
        _steps = steps;
        _compiled = new(() => CompiledRules<T>.TryCompile(steps));
        IsAsync = Array.Exists(steps, static step => step.IsAsync);
    }

    /// <summary>True when some rules are asynchronous, or may be: then <see cref="Validate"/> cannot be used.</summary>
    public bool IsAsync { get; }

    /// <inheritdoc cref="RuleStep{T}.SensitiveFields"/>
    internal IEnumerable<string> SensitiveFields => _steps.SelectMany(static step => step.SensitiveFields);

    /// <summary>Adds rules for a field. It is called by its name in camel case, as in JSON, unless <see cref="IFieldRules{T, TField}.Named"/> says otherwise.</summary>
    /// <param name="field">The field: a property or field of the object itself, such as <c>order => order.Email</c>.</param>
    /// <param name="rules">Its rules.</param>
    /// <exception cref="ArgumentException">It is something else. For what lies deeper use <see cref="Nested{TInner}(Expression{Func{T, TInner}}, RuleSet{TInner})"/>.</exception>
    public RuleSet<T> Field<TField>(Expression<Func<T, TField>> field, Action<IFieldRules<T, TField>> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var added = new FieldRules<T, TField>(NameOf(field));
        rules(added);
        return With(added.Build(field));
    }

    /// <summary>Adds rules for the object as a whole; the path of their failures is empty.</summary>
    public RuleSet<T> Self(Action<IFieldRules<T, T>> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var added = new FieldRules<T, T>("");
        rules(added);
        return With(added.Build(instance => instance));
    }

    /// <summary>Adds the rules of an object within the object. Where there is none (null) they are kept: ask for it with <see cref="FieldRuleExtensions.Required"/>.</summary>
    /// <inheritdoc cref="Field" path="/exception"/>
    public RuleSet<T> Nested<TInner>(Expression<Func<T, TInner?>> field, RuleSet<TInner> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return With(new ObjectStep<T, TInner>(TextOf(field), field.Compile(), () => rules, rules.IsAsync));
    }

    /// <summary>Adds the rules of an object of a type that contains itself: they are asked for when they are needed, and may be those that this is part of.</summary>
    /// <inheritdoc cref="Nested{TInner}(Expression{Func{T, TInner}}, RuleSet{TInner})"/>
    public RuleSet<T> Nested<TInner>(Expression<Func<T, TInner?>> field, Func<RuleSet<TInner>> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return With(new ObjectStep<T, TInner>(TextOf(field), field.Compile(), rules, isAsync: true));
    }

    /// <summary>Adds rules for each element of a collection. Elements that are null are left out.</summary>
    /// <inheritdoc cref="Field" path="/exception"/>
    public RuleSet<T> Each<TItem>(Expression<Func<T, IEnumerable<TItem>?>> field, RuleSet<TItem> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return With(new EachStep<T, TItem>(TextOf(field), field.Compile(), () => rules, rules.IsAsync));
    }

    /// <summary>Adds rules for each element of a collection of a type that contains itself; see <see cref="Nested{TInner}(Expression{Func{T, TInner}}, Func{RuleSet{TInner}})"/>.</summary>
    /// <inheritdoc cref="Field" path="/exception"/>
    public RuleSet<T> Each<TItem>(Expression<Func<T, IEnumerable<TItem>?>> field, Func<RuleSet<TItem>> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return With(new EachStep<T, TItem>(TextOf(field), field.Compile(), rules, isAsync: true));
    }

    /// <summary>Adds rules for each element of a collection of values.</summary>
    /// <inheritdoc cref="Field" path="/exception"/>
    public RuleSet<T> Each<TItem>(Expression<Func<T, IEnumerable<TItem>?>> field, Action<IFieldRules<TItem, TItem>> rules) => Each(field, RuleSet.For<TItem>().Self(rules));

    /// <summary>Adds rules that are meant only where a condition holds.</summary>
    public RuleSet<T> When(Func<T, bool> condition, Func<RuleSet<T>, RuleSet<T>> rules)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(rules);
        return With(new GroupStep<T>(new() { Code = ValidationCodes.Condition, Field = "" }, condition, rules(new([]))));
    }

    /// <summary>Adds rules that are meant only where a condition does not hold.</summary>
    public RuleSet<T> Unless(Func<T, bool> condition, Func<RuleSet<T>, RuleSet<T>> rules)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return When(instance => !condition(instance), rules);
    }

    /// <summary>Adds all rules of another set.</summary>
    public RuleSet<T> Include(RuleSet<T> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new([.. _steps, .. rules._steps]);
    }

    private RuleSet<T> With(RuleStep<T> step) => new([.. _steps, step]);

    private static RuleText TextOf(LambdaExpression field) => new() { Code = ValidationCodes.Condition, Field = NameOf(field) };

    private static string NameOf(LambdaExpression field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var body = field.Body is UnaryExpression { NodeType: ExpressionType.Convert } converted ? converted.Operand : field.Body;
        return body is MemberExpression { Expression: ParameterExpression } member
            ? JsonNamingPolicy.CamelCase.ConvertName(member.Member.Name)
            : throw new ArgumentException($"{field} is not a property or field of {typeof(T).Name} itself. Write it like x => x.Email; for an object within it use Nested, for its elements Each, for the whole Self.", nameof(field));
    }
}
