namespace Armature.Validation;

/// <summary>No silo can check the records: it has no rules of this name, or they are for others.</summary>
[GenerateSerializer, Alias("armature.validation.rule-set-exception")]
public sealed class RuleSetException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public RuleSetException(string ruleSet, string message)
        : base(message) => RuleSet = ruleSet;

    /// <summary>The name that was asked for.</summary>
    [Id(0)]
    public string RuleSet { get; }
}
