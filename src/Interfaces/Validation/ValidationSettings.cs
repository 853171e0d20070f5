using System.Globalization;

namespace Armature.Validation;

/// <summary>How one validation is done.</summary>
public sealed record ValidationSettings
{
    internal static ValidationSettings Default { get; } = new();

    /// <summary>The language of messages, and how numbers and dates are written in them.</summary>
    /// <value>Default: <see cref="CultureInfo.CurrentUICulture"/>.</value>
    public CultureInfo? Culture { get; init; }

    /// <summary>Messages in other languages: gives the template of a code, or null for the one that is built in. <c>{Field}</c>, <c>{Value}</c> and what the rule has (<c>{Min}</c>, ...) are filled in.</summary>
    /// <value>Default: none; messages are English.</value>
    public Func<string, CultureInfo, string?>? Messages { get; init; }

    /// <summary>Asynchronous and slow rules that <see cref="RuleSet{T}.ValidateParallelAsync"/> runs at once, and asynchronous rules that <see cref="RuleSet{T}.ValidateManyAsync"/> does.</summary>
    /// <value>Default: 16 (<see cref="ValidationLimits.DefaultConcurrency"/>).</value>
    public int MaxConcurrency { get; init; } = ValidationLimits.DefaultConcurrency;

    /// <summary>Where lookups are found that rules only name. On silos and in <c>WithValidation</c> it is given already.</summary>
    /// <value>Default: none.</value>
    public IServiceProvider? Services { get; init; }

    internal CultureInfo CultureOrCurrent => Culture ?? CultureInfo.CurrentUICulture;
}
