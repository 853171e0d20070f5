using System.Globalization;

namespace Armature.Validation;

/// <summary>Makes something else of a value, and checks that.</summary>
internal abstract class ReadStep<T, TField>
{
    public abstract bool IsAsync { get; }

    public abstract bool IsApart { get; }

    /// <summary>Says what the field is called in the end, and whether its value may be shown.</summary>
    public abstract void Tell(string field, bool isSensitive);

    /// <summary>False when the value could not be read, or breaks a rule.</summary>
    public abstract bool Run(RuleText rule, T instance, TField value, Walk walk, PathFrame? at);

    /// <inheritdoc cref="Run"/>
    public abstract Task<bool> RunAsync(RuleText rule, T instance, TField value, Walk walk, PathFrame? at);
}

/// <summary>Reads the text of a value.</summary>
internal sealed class ReadStep<T, TField, TParsed>(FieldChecks<T, TParsed> checks) : ReadStep<T, TField>
    where TParsed : IParsable<TParsed>
{
    public override bool IsAsync => checks.IsAsync;

    public override bool IsApart => checks.IsApart;

    public override void Tell(string field, bool isSensitive) => checks.Tell(field, isSensitive);

    public override bool Run(RuleText rule, T instance, TField value, Walk walk, PathFrame? at)
    {
        if (value is null)
        {
            return true;
        }

        if (TryRead(value, out var parsed))
        {
            return checks.Run(instance, parsed, walk, at);
        }

        walk.Fail(rule, at, value);
        return false;
    }

    public override async Task<bool> RunAsync(RuleText rule, T instance, TField value, Walk walk, PathFrame? at)
    {
        if (value is null)
        {
            return true;
        }

        if (TryRead(value, out var parsed))
        {
            return await checks.RunAsync(instance, parsed, walk, at).ConfigureAwait(false);
        }

        walk.Fail(rule, at, value);
        return false;
    }

    private static bool TryRead(TField value, out TParsed parsed) =>
        TParsed.TryParse(value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out parsed!);
}
