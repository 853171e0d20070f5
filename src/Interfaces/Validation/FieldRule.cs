using System.Globalization;
using Armature.Validation.Lookups;

namespace Armature.Validation;

/// <summary>What failures say of a rule.</summary>
internal class RuleText
{
    public required string Code { get; set; }

    public required string Field { get; set; }

    public Func<CultureInfo, string>? Template { get; set; }

    public ValidationSeverity Severity { get; set; }

    public bool IsSensitive { get; set; }

    public IReadOnlyList<(string Name, object? Value)> Values { get; init; } = [];
}

/// <summary>One rule of a field. Changed only while the set is built.</summary>
internal sealed class FieldRule<T, TField> : RuleText
{
    public Func<T, TField, bool>? Passes { get; init; }

    public Func<T, TField, CancellationToken, Task<bool>>? PassesAsync { get; init; }

    /// <summary>Asks a lookup; a rule of its own kind.</summary>
    public Func<TField, Walk, Task<(LookupAnswer Answer, string? Failure)>>? FindAsync { get; init; }

    /// <summary>Rules for what is made of the value; a rule of its own kind.</summary>
    public ReadStep<T, TField>? Read { get; init; }

    public bool IsSlow { get; set; }

    /// <summary>True when it runs beside others.</summary>
    public bool IsApart => IsSlow || PassesAsync is not null || FindAsync is not null || Read?.IsApart == true;

    public bool IsAsync => PassesAsync is not null || FindAsync is not null || Read?.IsAsync == true;
}
