using System.Linq.Expressions;
using Armature.Validation.Lookups;

namespace Armature.Validation;

/// <summary>The rules of one value, in order.</summary>
internal sealed class FieldChecks<T, TField>(FieldRule<T, TField>[] rules, ValidationCascade cascade)
{
    public bool IsAsync { get; } = Array.Exists(rules, static rule => rule.IsAsync);

    public bool IsApart { get; } = Array.Exists(rules, static rule => rule.IsApart);

    /// <inheritdoc cref="ReadStep{T, TField}.Tell"/>
    public void Tell(string field, bool isSensitive)
    {
        foreach (var rule in rules)
        {
            (rule.Field, rule.IsSensitive) = (field, rule.IsSensitive || isSensitive);
            rule.Read?.Tell(field, rule.IsSensitive);
        }
    }

    /// <inheritdoc cref="RuleStep{T}.Write"/>
    public Expression? Write(RuleWriter<T> writer, Expression<Func<T, TField>> field, Func<T, TField> read)
    {
        if (Array.Exists(rules, static rule => rule.Passes is null))
        {
            return null;
        }

        // Read once, and given to each rule in turn.
        var value = Expression.Variable(typeof(TField));
        var reading = Expression.Assign(value, new ParameterSwap(field.Parameters[0], writer.Instance).Visit(field.Body));
        var written = Array.ConvertAll(rules, rule => (
            Passes: (Expression)Expression.Invoke(Expression.Constant(rule.Passes), writer.Instance, value),
            Break: writer.Break(rule, instance => read(instance))));
        var checks = cascade == ValidationCascade.Continue
            ? Expression.Block(written.Select(static rule => Expression.IfThen(Expression.Not(rule.Passes), rule.Break)).Prepend<Expression>(Expression.Empty()))
            : written.Reverse().Aggregate((Expression)Expression.Empty(), static (rest, rule) => Expression.IfThenElse(rule.Passes, rest, rule.Break));
        return Expression.Block([value], reading, checks);
    }

    /// <summary>Checks on this thread.</summary>
    /// <returns>False when one is broken.</returns>
    public bool Run(T instance, TField value, Walk walk, PathFrame? at)
    {
        var isKept = true;
        for (var i = 0; i < rules.Length && (isKept || cascade == ValidationCascade.Continue); i++)
        {
            // One try for all that follow: entering one for each rule would cost more than most of them.
            try
            {
                for (; i < rules.Length && (isKept || cascade == ValidationCascade.Continue); i++)
                {
                    isKept &= CheckOne(rules[i], instance, value, walk, at);
                }
            }
#pragma warning disable CA1031 // it is the rule's failure, and is said so
            catch (Exception exception)
#pragma warning restore CA1031
            {
                walk.Fail(rules[i], at, value, exception);
                isKept = false;
            }
        }

        return isKept;
    }

    /// <summary>Checks; where the walk allows it, rules that are apart are started, and what becomes of them is not waited for.</summary>
    /// <returns>False when one is broken that was waited for.</returns>
    public ValueTask<bool> RunAsync(T instance, TField value, Walk walk, PathFrame? at)
    {
        if (!IsApart || (!IsAsync && !walk.IsParallel && !walk.IsBranch))
        {
            return new(Run(instance, value, walk, at));
        }

        return walk.IsParallel ? new(Start(instance, value, walk, at)) : new(RunInOrderAsync(0, instance, value, walk, at));
    }

    // Rules that stop at the first failure depend on one another: from the first one that is apart on they run as one.
    private bool Start(T instance, TField value, Walk walk, PathFrame? at)
    {
        var isKept = true;
        for (var i = 0; i < rules.Length; i++)
        {
            var rule = rules[i];
            if (rule.IsApart && cascade == ValidationCascade.Stop)
            {
                var first = i;
                walk.Fork(branch => RunInOrderAsync(first, instance, value, branch, at));
                break;
            }

            if (rule.IsApart)
            {
                walk.Fork(branch => CheckAsync(rule, instance, value, branch, at));
            }
            else
            {
                isKept &= Check(rule, instance, value, walk, at);
            }

            if (!isKept && cascade == ValidationCascade.Stop)
            {
                break;
            }
        }

        return isKept;
    }

    private async Task<bool> RunInOrderAsync(int first, T instance, TField value, Walk walk, PathFrame? at)
    {
        var isKept = true;
        foreach (var rule in rules[first..])
        {
            isKept &= await CheckAsync(rule, instance, value, walk, at).ConfigureAwait(false);
            if (!isKept && cascade == ValidationCascade.Stop)
            {
                break;
            }
        }

        return isKept;
    }

    private static bool Check(FieldRule<T, TField> rule, T instance, TField value, Walk walk, PathFrame? at)
    {
        try
        {
            return CheckOne(rule, instance, value, walk, at);
        }
#pragma warning disable CA1031 // it is the rule's failure, and is said so
        catch (Exception exception)
#pragma warning restore CA1031
        {
            walk.Fail(rule, at, value, exception);
            return false;
        }
    }

    private static bool CheckOne(FieldRule<T, TField> rule, T instance, TField value, Walk walk, PathFrame? at)
    {
        if (rule.Read is { } read)
        {
            return read.Run(rule, instance, value, walk, at);
        }

        if (rule.Passes!(instance, value))
        {
            return true;
        }

        walk.Fail(rule, at, value);
        return false;
    }

    private static async Task<bool> CheckAsync(FieldRule<T, TField> rule, T instance, TField value, Walk walk, PathFrame? at)
    {
        walk.CancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (rule.Read is { } read)
            {
                return await read.RunAsync(rule, instance, value, walk, at).ConfigureAwait(false);
            }

            if (rule.FindAsync is { } find)
            {
                return await FindAsync(rule, find, value, walk, at).ConfigureAwait(false);
            }

            if (rule.PassesAsync is not { } passes)
            {
                return rule.IsSlow && walk.IsBranch
                    ? await Task.Run(() => Check(rule, instance, value, walk, at), walk.CancellationToken).ConfigureAwait(false)
                    : Check(rule, instance, value, walk, at);
            }

            if (await AskAsync(passes, instance, value, walk).ConfigureAwait(false))
            {
                return true;
            }

            walk.Fail(rule, at, value);
        }
        catch (OperationCanceledException) when (walk.CancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (LookupNotFoundException)
        {
            throw;
        }
#pragma warning disable CA1031 // it is the rule's failure, and is said so
        catch (Exception exception)
#pragma warning restore CA1031
        {
            walk.Fail(rule, at, value, exception);
        }

        return false;
    }

    private static async Task<bool> FindAsync(
        FieldRule<T, TField> rule, Func<TField, Walk, Task<(LookupAnswer Answer, string? Failure)>> find, TField value, Walk walk, PathFrame? at)
    {
        var (answer, failure) = await find(value, walk).ConfigureAwait(false);
        if (answer == LookupAnswer.Found)
        {
            return true;
        }

        var said = answer == LookupAnswer.Missing
            ? rule
            : new RuleText { Code = ValidationCodes.LookupFailed, Field = rule.Field, Severity = rule.Severity, IsSensitive = rule.IsSensitive, Values = rule.Values };
        walk.Fail(said, at, value, failure);
        return false;
    }

    private static async ValueTask<bool> AskAsync(Func<T, TField, CancellationToken, Task<bool>> passes, T instance, TField value, Walk walk)
    {
        if (walk.Run is not { Places: var places })
        {
            return await passes(instance, value, walk.CancellationToken).ConfigureAwait(false);
        }

        await places.WaitAsync(walk.CancellationToken).ConfigureAwait(false);
        try
        {
            return await passes(instance, value, walk.CancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }
}
