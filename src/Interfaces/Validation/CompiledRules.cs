using System.Linq.Expressions;
using System.Numerics;

namespace Armature.Validation;

/// <inheritdoc cref="QuickRules"/>
internal sealed class CompiledRules<T> : QuickRules
{
    private readonly (RuleText Text, Func<T, object?> Read)[] _rules;
    private readonly Func<T, ulong> _check;

    private CompiledRules(Func<T, ulong> check, RuleWriter<T> written)
    {
        _check = check;
        _rules = [.. written.Rules];
        foreach (var (place, rule) in _rules.Index())
        {
            Errors |= rule.Text.Severity == ValidationSeverity.Error ? 1UL << place : 0;
        }
    }

    public override ulong Errors { get; }

    /// <summary>Compiles rules; null when some cannot be written as expressions, or there are more than 64.</summary>
    public static CompiledRules<T>? TryCompile(RuleStep<T>[] steps)
    {
        var writer = new RuleWriter<T>();
        var written = Array.ConvertAll(steps, step => step.Write(writer));
        if (Array.Exists(written, static step => step is null) || writer.Rules.Count > RuleWriter<T>.MostRules)
        {
            return null;
        }

        var body = Expression.Block([writer.Broken], [Expression.Assign(writer.Broken, Expression.Constant(0UL)), .. written!, writer.Broken]);
        return new(Expression.Lambda<Func<T, ulong>>(body, writer.Instance).Compile(), writer);
    }

    /// <summary>Checks an object; false where a rule, a condition or a field threw: the check rule by rule meets it again, and says whose it is.</summary>
    public bool TryCheck(T instance, out ulong broken)
    {
        try
        {
            broken = _check(instance);
            return true;
        }
#pragma warning disable CA1031 // said by the other check
        catch (Exception)
#pragma warning restore CA1031
        {
            broken = 0;
            return false;
        }
    }

    public override ValidationFailure[] Describe(object instance, ulong broken, FailureText text)
    {
        var failures = new ValidationFailure[BitOperations.PopCount(broken)];
        for (var i = 0; i < failures.Length; i++, broken &= broken - 1)
        {
            var (rule, read) = _rules[BitOperations.TrailingZeroCount(broken)];
            failures[i] = new(new(rule, null, TryRead(read, (T)instance), null, null), text);
        }

        return failures;
    }

    private static object? TryRead(Func<T, object?> read, T instance)
    {
        try
        {
            return read(instance);
        }
#pragma warning disable CA1031 // it could be read when it was checked: the failure stands, without a value
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
