namespace Armature.Validation;

/// <summary>The rules of one field.</summary>
/// <param name="read">Reads the field.</param>
/// <param name="checks">Its rules.</param>
/// <param name="when">Whether it is meant; null for always.</param>
/// <param name="text">What is said when one of the two throws.</param>
internal sealed class FieldStep<T, TField>(Func<T, TField> read, FieldChecks<T, TField> checks, Func<T, bool>? when, RuleText text) : RuleStep<T>
{
    public override bool IsAsync => checks.IsAsync;

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
            && Attempt.TryCall(read, instance, text, walk, at, out value!);
    }
}
