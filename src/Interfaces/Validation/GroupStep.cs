namespace Armature.Validation;

/// <summary>Rules that are meant only where a condition holds.</summary>
internal sealed class GroupStep<T>(RuleText text, Func<T, bool> when, RuleSet<T> rules) : RuleStep<T>
{
    public override bool IsAsync => rules.IsAsync;

    public override IEnumerable<string> SensitiveFields => rules.SensitiveFields;

    public override void Run(T instance, Walk walk, PathFrame? at)
    {
        if (IsMeant(instance, walk, at))
        {
            rules.Run(instance, walk, at);
        }
    }

    public override ValueTask RunAsync(T instance, Walk walk, PathFrame? at) => IsMeant(instance, walk, at) ? rules.RunAsync(instance, walk, at) : default;

    private bool IsMeant(T instance, Walk walk, PathFrame? at) => Attempt.TryCall(when, instance, text, walk, at, out var isMeant) && isMeant;
}
