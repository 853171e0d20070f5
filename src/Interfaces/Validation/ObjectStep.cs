namespace Armature.Validation;

/// <summary>The rules of an object within the object.</summary>
/// <param name="text">The object's name, and what is said when it lies too deep or cannot be read.</param>
/// <param name="read">Reads it; null has no rules to keep.</param>
/// <param name="rules">Its rules.</param>
/// <param name="isAsync">Whether they may be asynchronous.</param>
internal sealed class ObjectStep<T, TInner>(RuleText text, Func<T, TInner?> read, Func<RuleSet<TInner>> rules, bool isAsync) : RuleStep<T>
{
    public override bool IsAsync => isAsync;

    public override void Run(T instance, Walk walk, PathFrame? at)
    {
        if (TryRead(instance, walk, at, out var inner))
        {
            rules().Run(inner, walk, new(at, text.Field, PathFrame.NoIndex));
        }
    }

    public override ValueTask RunAsync(T instance, Walk walk, PathFrame? at) =>
        TryRead(instance, walk, at, out var inner) ? rules().RunAsync(inner, walk, new(at, text.Field, PathFrame.NoIndex)) : default;

    private bool TryRead(T instance, Walk walk, PathFrame? at, out TInner inner)
    {
        inner = default!;
        return Attempt.TryCall(read, instance, text, walk, at, out var found) && (inner = found!) is not null && walk.CanGoDeeper(text, at);
    }
}
