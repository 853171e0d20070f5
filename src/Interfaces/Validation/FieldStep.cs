using System.Linq.Expressions;

namespace Armature.Validation;

/// <summary>The rules of one field.</summary>
/// <param name="field">Reads the field.</param>
/// <param name="checks">Its rules.</param>
/// <param name="when">Whether it is meant; null for always.</param>
/// <param name="text">What is said when one of the two throws.</param>
/// <param name="sensitive">The member's name in camel case, where its value may not be shown; otherwise null.</param>
internal sealed class FieldStep<T, TField>(Expression<Func<T, TField>> field, FieldChecks<T, TField> checks, Func<T, bool>? when, RuleText text, string? sensitive) : RuleStep<T>
{
    private readonly Func<T, TField> _read = field.Compile();

    public override bool IsAsync => checks.IsAsync;

    public override IEnumerable<string> SensitiveFields => sensitive is null ? [] : [sensitive];

    public override Expression? Write(RuleWriter<T> writer)
    {
        var written = checks.Write(writer, field, _read);
        return when is null || written is null ? written : Expression.IfThen(Expression.Invoke(Expression.Constant(when), writer.Instance), written);
    }

    public override void Run(T instance, Walk walk, PathFrame? at)
    {
        if (TryRead(instance, walk, at, out var value))
        {
            checks.Run(instance, value, walk, at);
        }
    }

    public override async ValueTask RunAsync(T instance, Walk walk, PathFrame? at)
    {
        if (TryRead(instance, walk, at, out var value))
        {
            await checks.RunAsync(instance, value, walk, at).ConfigureAwait(false);
        }
    }

    private bool TryRead(T instance, Walk walk, PathFrame? at, out TField value)
    {
        value = default!;
        return (when is null || (Attempt.TryCall(when, instance, text, walk, at, out var isMeant) && isMeant))
            && Attempt.TryCall(_read, instance, text, walk, at, out value!);
    }
}
